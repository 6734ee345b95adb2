import type { SpanStatus, StreamPhase } from "../../model/session.js";
import type { Basis, EpochMs, Interval } from "../../model/units.js";
import type { MessageDraft, PartDraft, TextDraft, ToolDraft } from "./drafts.js";

/** When one step and its model call began and ended, as far as the rows of generation 1 tell. */
export interface StepTimes {
  readonly startAt: EpochMs;
  /** The recorded end, else the last time that anything in the step was recorded. */
  readonly endAt: EpochMs;
  readonly status: SpanStatus;
  readonly firstOutputAt: EpochMs | null;
  /** The time of attempts whose stream broke, until the answer that was kept began. */
  readonly retrying: Interval | null;
  /** When the answer's stream ended. */
  readonly streamEndAt: EpochMs;
  readonly modelStatus: SpanStatus;
  readonly modelBasis: Basis;
  readonly phases: readonly StreamPhase[];
}

export interface ToolTimes {
  /** When the model's call was complete. */
  readonly calledAt: EpochMs;
  readonly startAt: EpochMs;
  readonly endAt: EpochMs;
  readonly basis: Basis;
}

export function stepTimes(message: MessageDraft, tools: readonly ToolTimes[]): StepTimes {
  const lastAt = latest(
    latest(message.createdAt, message.parts.flatMap(timesOf)),
    tools.map((tool) => tool.endAt),
  );
  const endAt = message.completedAt ?? lastAt;
  const keptAt = keptAttempt(message);
  const resentAt = message.resentAt ?? keptAt;
  const firstOutputAt = keptAt ?? firstOutput(message);
  const status = stepStatus(message);
  // After an abort in a tool the answer itself was whole.
  const modelStatus = status !== "ok" && tools.length > 0 ? "ok" : status;
  return {
    startAt: message.createdAt,
    endAt,
    status,
    firstOutputAt,
    retrying: resentAt === null ? null : { startAt: message.createdAt, endAt: resentAt },
    streamEndAt: Math.max(firstOutputAt ?? message.createdAt, streamEnd(message, tools) ?? endAt),
    modelStatus,
    modelBasis: modelBasis(message, firstOutputAt),
    phases: phasesOf(message),
  };
}

/**
 * When each part streamed: one after the other, so none longer than until the next appeared. Up to 1.3.2 a text's start
 * is overwritten with its end, then its id says when it began. The arguments of a call stream from its appearance until
 * the call is complete.
 */
function phasesOf({ parts }: MessageDraft): StreamPhase[] {
  let nextAt = Number.POSITIVE_INFINITY;
  return parts
    .toReversed()
    .flatMap((part): StreamPhase[] => {
      if (part.kind === "other" || part.kind === "compaction") return [];
      const isText = part.kind !== "tool";
      const startAt = isText && part.startAt !== part.endAt ? part.startAt : part.at;
      const saidEndAt = isText ? part.endAt : (part.calledAt ?? part.startAt);
      const endAt = saidEndAt === null ? null : Math.min(saidEndAt, nextAt);
      nextAt = Math.min(nextAt, part.at ?? startAt ?? nextAt);
      if (startAt === null || endAt === null || endAt < startAt) return [];
      return [{ kind: part.kind === "tool" ? "tool-arguments" : part.kind, startAt, endAt }];
    })
    .reverse();
}

/**
 * When a tool ran. `resetsStarts`: the release overwrote the start of a call at each of its updates, so the time at
 * which the call appeared is the best that is known: an upper bound of its duration. An event log knows better.
 */
export function toolTimes(tool: ToolDraft, message: MessageDraft, resetsStarts: boolean): ToolTimes {
  if (tool.calledAt !== null && tool.ranAt !== null && tool.endAt !== null)
    return { calledAt: tool.calledAt, startAt: tool.ranAt, endAt: tool.endAt, basis: "measured" };
  const isReset = resetsStarts && UPDATING_TOOLS.has(tool.tool) && tool.at !== null && tool.startAt !== null;
  const appearedAt = tool.at ?? message.createdAt;
  const startAt = isReset ? Math.min(appearedAt, tool.startAt as EpochMs) : (tool.startAt ?? appearedAt);
  const calledAt = startAt;
  if (tool.endAt !== null) return { calledAt, startAt, endAt: tool.endAt, basis: isReset ? "estimated" : "measured" };
  const lastAt = message.completedAt ?? latest(startAt, message.parts.flatMap(timesOf));
  return { calledAt, startAt, endAt: Math.max(startAt, lastAt), basis: "estimated" };
}

/** The tools that report progress while they run, and so were hit by the defect. */
const UPDATING_TOOLS = new Set(["bash", "task"]);

/** Releases after 1.3.2 (right) and before 1.18.27 (mended) reset the start of running tools. */
export function resetsToolStarts(version: string | null): boolean {
  const [major, minor, patch] = (version ?? "").split(".").map((part) => Number.parseInt(part, 10));
  if (major !== 1 || minor === undefined || patch === undefined) return false;
  return (minor > 3 || (minor === 3 && patch > 2)) && (minor < 18 || (minor === 18 && patch < 27));
}

function stepStatus({ error, completedAt }: MessageDraft): SpanStatus {
  if (error) return error.isAbort ? "aborted" : "error";
  return completedAt === null ? "unfinished" : "ok";
}

/** Where nothing came, all of the call is waiting, which the message's own times say. */
function modelBasis({ parts }: MessageDraft, firstOutputAt: EpochMs | null): Basis {
  if (firstOutputAt !== null) return "derived";
  return parts.length === 0 ? "measured" : "unknown";
}

/** The first sign of an answer: its first part, or the mark that OpenCode sets at the first piece of the stream. */
function firstOutput(message: MessageDraft): EpochMs | null {
  const signs = message.parts.flatMap((part) => {
    if (part.kind === "other") return part.type === "step-start" && part.at !== null ? [part.at] : [];
    const at = part.at ?? (part.kind === "compaction" ? null : part.startAt);
    return at === null ? [] : [at];
  });
  return signs.length === 0
    ? null
    : Math.max(
        message.createdAt,
        signs.reduce((first, at) => Math.min(first, at)),
      );
}

/**
 * Each attempt sets a start mark when its stream begins, and the one that was kept sets the end mark. Two start marks
 * without an end mark between them: the stream of the first broke. Returns when the last one began; null for one attempt.
 */
function keptAttempt({ parts }: MessageDraft): EpochMs | null {
  const marks = parts.filter(
    (part) => part.kind === "other" && (part.type === "step-start" || part.type === "step-finish"),
  );
  const last = marks.findLastIndex((part) => part.kind === "other" && part.type === "step-start");
  const before = marks[last - 1];
  return before?.kind === "other" && before.type === "step-start" ? (marks[last]?.at ?? null) : null;
}

/** Texts end with the stream, tools begin in it; without either, the end mark is near. null where nothing tells. */
function streamEnd(message: MessageDraft, tools: readonly ToolTimes[]): EpochMs | null {
  if (message.streamedAt !== null) return message.streamedAt;
  const lastOutput = message.parts.findLast((part) => part.kind !== "other" && part.kind !== "compaction");
  if (lastOutput?.kind === "text" && lastOutput.startAt === null && lastOutput.endAt === null) return null;
  const texts = message.parts.filter((part): part is TextDraft => part.kind === "text" || part.kind === "reasoning");
  const ends = texts.flatMap((part) => part.endAt ?? part.startAt ?? []).concat(tools.map((tool) => tool.calledAt));
  if (ends.length > 0) return latest(0, ends);
  return message.parts.find((part) => part.kind === "other" && part.type === "step-finish")?.at ?? null;
}

/** Every time that is recorded in a part. */
export function timesOf(part: PartDraft): EpochMs[] {
  const times = part.kind === "other" || part.kind === "compaction" ? [part.at] : [part.at, part.startAt, part.endAt];
  return times.filter((at) => at !== null);
}

/** The last of many times; a list can be too long to be spread into arguments. */
export function latest(atLeast: EpochMs, times: readonly EpochMs[]): EpochMs {
  return times.reduce((last, at) => Math.max(last, at), atLeast);
}
