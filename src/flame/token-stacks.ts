import type { ContextKind, FileRow, MessageRow, Report } from "../model/report.js";
import type { TokenUsage } from "../model/units.js";
import { INPUT_PAINTS, PAINTS, type Paint, toolPaint } from "./palette.js";
import { pathFrame } from "./path-frames.js";
import { modelFrame, spanFrames } from "./span-frames.js";
import { type Frame, frame, type Grouping, type Stack, type Weight } from "./stack.js";

type Spent = Exclude<Weight, "time">;

/** Every call that was answered, in the call tree or by model: its tokens by kind, which are all of the session, or its cost. */
export function messageStacks(report: Report, grouping: Extract<Grouping, "name" | "model">, weight: Spent): Stack[] {
  const frames = grouping === "name" ? spanFrames(report, grouping) : [];
  return report.tokens.byMessage.flatMap((row): Stack[] => {
    const { spanId, tokens, costUsd } = row;
    const call = () => (grouping === "model" ? modelFrame(row) : (frames[spanId ?? -1] ?? placelessFrame(row)));
    if (weight === "tokens") return tokens ? usageStacks(tokens, call(), spanId) : [];
    return costUsd === null ? [] : [{ leaf: call(), weight: costUsd, spanId }];
  });
}

/** Messages that a fork copied were answered in another session, so that they have no time in this one. */
function placelessFrame({ isCopied }: MessageRow): Frame {
  const where = isCopied ? "copied from another session" : "without times";
  return frame("model call", PAINTS.generating, frame(where, PAINTS.unknown, null));
}

const USAGE_KINDS: readonly (readonly [kind: keyof TokenUsage, name: string, paint: Paint])[] = [
  ["uncachedInput", "uncached input", PAINTS.tool],
  ["cacheRead", "cache read", PAINTS.read],
  ["cacheWrite", "cache write", PAINTS.write],
  ["output", "output", PAINTS.generating],
  ["reasoning", "reasoning", PAINTS.subagent],
];

function usageStacks(tokens: TokenUsage, call: Frame, spanId: number | null): Stack[] {
  return USAGE_KINDS.filter(([kind]) => tokens[kind] > 0).map(([kind, name, paint]) => {
    return { leaf: frame(name, paint, call), weight: tokens[kind], spanId };
  });
}

/**
 * What the calls of each tool and their results took in all prompts that held them. Of tokens also what else the prompts
 * were made of, so that together they are all input; of cost the tools alone, since that of the rest is not known by kind.
 */
export function toolStacks({ tokens: { byTool, composition } }: Report, weight: Spent): Stack[] {
  const ofTools = byTool.flatMap((row) => rowStack(frame(row.name, toolPaint(row.name), null, row.calls), row, weight));
  if (weight === "cost") return ofTools;
  const others = composition.flatMap(({ parts, spanId }) =>
    parts.flatMap(({ kind, tokens }): Stack[] => {
      const other = OTHER_INPUT[kind];
      return other ? [{ leaf: frame(...other, null), weight: tokens, spanId }] : [];
    }),
  );
  return [...ofTools, ...others];
}

/** Input that is no tool's; arguments and results are in the tools' own rows. */
const OTHER_INPUT: Partial<Record<ContextKind, readonly [name: string, paint: Paint]>> = {
  base: ["(system prompt and tool definitions)", PAINTS.overhead],
  user: ["(prompts)", PAINTS.session],
  "task-prompt": ["(task prompts)", PAINTS.session],
  "attached-file": ["(attached files)", PAINTS.read],
  assistant: ["(answers)", PAINTS.generating],
  reasoning: ["(reasoning)", PAINTS.generating],
  "compaction-summary": ["(summaries)", PAINTS.turn],
  "compaction-input": ["(what compactions were given to sum up)", INPUT_PAINTS["compaction-input"]],
  unattributed: ["(unattributed)", PAINTS.unknown],
};

/** What each file took in all prompts that held it, by folders, and what else they held: together all input. */
export function fileStacks({ tokens }: Report, weight: Spent): Stack[] {
  return tokens.byFile.flatMap((row) => rowStack(inputFrame(row), row, weight));
}

/** A file's calls are those that read or wrote it. */
function inputFrame({ file, kind, reads, writes }: FileRow): Frame {
  const paint = INPUT_PAINTS[kind];
  return kind === "file" || kind === "media"
    ? pathFrame(file, paint, reads + writes)
    : frame(`(${file})`, paint, null, 0);
}

function rowStack(leaf: Frame, row: Pick<FileRow, "carriedTokens" | "costUsd">, weight: Spent): Stack[] {
  const spent = weight === "tokens" ? row.carriedTokens : row.costUsd;
  return spent === null ? [] : [{ leaf, weight: spent, spanId: null }];
}
