import type { MessageRow, Report, ReportSpan } from "../model/report.js";
import { baseName } from "../report/format.js";
import { PAINTS, toolPaint } from "./palette.js";
import { fileFrame } from "./path-frames.js";
import { type Frame, frame, type Grouping } from "./stack.js";
import { toolName } from "./tool-target.js";

/**
 * The frame of every span, by span id: where the call has its place in a grouping, before it is taken apart into phases or
 * by what it was about. A wait has the frame of its call. null for what the grouping is not about, and for idle time.
 */
export function spanFrames(report: Report, grouping: Grouping): readonly (Frame | null)[] {
  const place = PLACES[grouping](report);
  const frames: (Frame | null)[] = [];
  report.spans.forEach((span, spanId) => {
    const above = frames[span.parent] ?? null;
    frames.push(span.kind === "wait" ? above : place(span, above, spanId));
  });
  return frames;
}

/** The model and the agent of a call, for the grouping by model. */
export function modelFrame({ model, agent }: Pick<MessageRow, "model" | "agent">): Frame {
  const byModel = frame(model ?? "unknown model", PAINTS.generating, null);
  return frame(agent ?? "unknown agent", PAINTS.subagent, byModel);
}

type Place = (span: ReportSpan, above: Frame | null, spanId: number) => Frame | null;

const PLACES: Readonly<Record<Grouping, (report: Report) => Place>> = {
  name: inCallTree,
  tool: () => amongTools,
  file: (report) => (span) => (span.kind === "tool" ? fileFrame(span, report.session.directory) : null),
  model: amongModels,
};

/** What a person asked for in another way than by writing a prompt. */
const TURN_NAMES: Partial<Record<MessageRow["origin"], string>> = {
  command: "turn (!command)",
  compaction: "turn (compaction)",
};

/** Beneath the caller, under a name that all calls of a kind share. */
function inCallTree(report: Report): Place {
  const messages = messagesById(report);
  const agents = new Map(report.time.subagents.flatMap(({ spanIds, agent }) => spanIds.map((id) => [id, agent])));
  return (span, above, spanId) => {
    const { kind, name } = span;
    if (kind === "session" || kind === "user" || kind === "wait") return null;
    const message = messages.get(span.messageId ?? "");
    if (kind === "turn") return frame(TURN_NAMES[message?.origin ?? "prompt"] ?? "turn", PAINTS.turn, above);
    if (kind === "step") return frame(message?.isCompaction ? "step (compaction)" : "step", PAINTS.step, above);
    if (kind === "model") return frame("model call", PAINTS.generating, above);
    if (kind === "subagent") return frame(`subagent ${agents.get(spanId) ?? name}`, PAINTS.subagent, above);
    return frame(toolName(span), toolPaint(toolName(span)), above);
  };
}

/** Tools and models, then all that is overhead: a task's own time is, since its subagent's calls stand for themselves. */
function amongTools(span: ReportSpan): Frame | null {
  const { kind, state } = span;
  if (kind === "session" || kind === "user" || kind === "wait") return null;
  if (kind === "model") {
    return frame(baseName(span.model ?? span.name), PAINTS.generating, frame("model", PAINTS.generating, null));
  }
  const name = kind === "tool" ? toolName(span) : kind;
  if (state === "overhead") return frame(name, PAINTS.overhead, frame("overhead", PAINTS.overhead, null));
  return frame(name, toolPaint(name), null);
}

function amongModels(report: Report): Place {
  const messages = messagesById(report);
  return ({ kind, model = null, messageId = "" }) =>
    kind === "model" ? modelFrame({ model, agent: messages.get(messageId)?.agent ?? null }) : null;
}

function messagesById({ tokens }: Report): ReadonlyMap<string, MessageRow> {
  return new Map(tokens.byMessage.map((row) => [row.messageId, row]));
}
