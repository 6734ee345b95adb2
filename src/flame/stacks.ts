import type { Report, ReportSpan, State } from "../model/report.js";
import { foldedStacks } from "./folded-stacks.js";
import { statePaint, toolPaint } from "./palette.js";
import { spanFrames } from "./span-frames.js";
import { type Frame, frame, type Grouping, type Stack, type Weight } from "./stack.js";
import { fileStacks, messageStacks, toolStacks } from "./token-stacks.js";
import { toolName, toolTarget } from "./tool-target.js";

export type * from "./stack.js";

/**
 * Where a session's time, tokens or cost lie, as stacks to be merged into a flame graph. The session itself is no frame.
 *
 * | | time | tokens, cost |
 * |---|---|---|
 * | name | the call tree | each answered call in it, tokens by kind |
 * | tool | tools, models, overhead | arguments and results over all prompts that held them; tokens: then the other input |
 * | file | tool calls alone: model time is no file's | all input, by the files that it was |
 * | model | model calls alone | each answered call |
 *
 * Time is that of work: waiting for the user and unknown time are left out, and what ran side by side counts in full.
 * Costs that are not known are left out.
 */
export function stacks(report: Report, grouping: Grouping, weight: Weight): Stack[] {
  if (weight === "time") return timeStacks(report, grouping);
  if (grouping === "tool") return toolStacks(report, weight);
  return grouping === "file" ? fileStacks(report, weight) : messageStacks(report, grouping, weight);
}

const IDLE: ReadonlySet<State> = new Set(["waiting-for-user", "unknown"]);

function timeStacks(report: Report, grouping: Grouping): Stack[] {
  const frames = spanFrames(report, grouping);
  return report.spans.flatMap((span, spanId) => {
    const call = frames[spanId] ?? null;
    const folded = foldedStacks(span, spanId, call, grouping);
    if (!call || IDLE.has(span.state)) return folded;
    return [{ leaf: ownFrame(span, call, grouping, report.session.directory), weight: span.selfMs, spanId }, ...folded];
  });
}

/** Where a span's own time lies: in a phase of a model call, in what a tool was called on, else in the call itself. */
function ownFrame(span: ReportSpan, call: Frame, grouping: Grouping, directory: string): Frame {
  const { kind, state, files } = span;
  if (kind === "model" || kind === "wait") return frame(PHASE_NAMES[state] ?? state, statePaint(state), call);
  // By file, what a call was on stands above it.
  const target = kind !== "tool" || (grouping === "file" && files?.[0]) ? "" : toolTarget(span, directory);
  return target === "" ? call : frame(target, toolPaint(toolName(span)), call);
}

const PHASE_NAMES: Partial<Record<State, string>> = {
  generating: "AI thinking",
  "waiting-for-model": "waiting for the model",
  retrying: "retries",
};
