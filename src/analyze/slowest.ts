import { sum } from "simple-statistics";
import type { ReportSpan, SlowOperation } from "../model/report.js";
import type { Message } from "../model/session.js";
import type { Milliseconds } from "../model/units.js";
import { userWaits, workMs } from "./parallel.js";
import { medianOutput, slowAnswerNote, slowCallNote } from "./slow-notes.js";
import type { Limits } from "./thresholds.js";
import { waitsIn } from "./waits-in.js";

const SLOWEST_COUNT = 5;

/**
 * The operations that took longest, among model calls and tool calls without children: instead of a task tool the calls
 * of its subagent are listed. Waits for the user are nobody's work and left out.
 */
export function slowest(
  spans: readonly ReportSpan[],
  messages: ReadonlyMap<string, Message>,
  limits: Limits<"slowest-operations">,
): SlowOperation[] {
  const typicalOutput = medianOutput(messages.values());
  const withChildren = new Set(spans.filter(({ kind }) => kind !== "wait").map(({ parent }) => parent));
  const waits = userWaits(spans);
  const operations = spans.flatMap((span, spanId) => {
    const isLeaf = (span.kind === "model" || span.kind === "tool") && !withChildren.has(spanId);
    const durationMs = span.state === "waiting-for-user" ? 0 : workMs(span, waits.get(spanId));
    return isLeaf && durationMs > 0 ? [{ span, spanId, durationMs }] : [];
  });
  const reasonOf = (id: number) => {
    const span = spans[id] as ReportSpan;
    const message = messages.get(span.messageId ?? "");
    if (span.kind === "tool") return slowCallNote(span, limits);
    const times = { durationMs: span.endMs - span.startMs, waitMs: waitIn(id, spans) };
    return message ? slowAnswerNote(message, times, typicalOutput, limits) : null;
  };
  operations.sort((a, b) => b.durationMs - a.durationMs || a.spanId - b.spanId);
  return operations.slice(0, SLOWEST_COUNT).map(({ span, spanId, durationMs }, i) => {
    const message = messages.get(span.messageId ?? "");
    const isModel = span.kind === "model";
    return {
      rank: i + 1,
      spanId,
      title: isModel ? `Response #${message?.number ?? "?"}` : span.name,
      durationMs,
      detail: (isModel ? message?.text.firstWords : span.args) ?? "",
      note: doubtOf(span, message) ?? reasonOf(spanId),
    };
  });
}

/** How long a call waited for its first output. */
function waitIn(id: number, spans: readonly ReportSpan[]): Milliseconds {
  const waits = waitsIn(id, spans).map((wait) => spans[wait] as ReportSpan);
  return sum(waits.map(({ state, startMs, endMs }) => (state === "waiting-for-model" ? endMs - startMs : 0)));
}

/** What the figure itself must not be taken for. */
function doubtOf(
  { kind, status, mayHaveSlept, basis, error }: ReportSpan,
  message: Message | undefined,
): string | null {
  if (mayHaveSlept) return "Over 30 minutes without any record: the machine may have slept.";
  if (status === "unfinished") return "No end is recorded; it took at least this long.";
  if (status === "error") return error ? `Failed: ${error}` : "Failed.";
  if (status === "aborted") return "Aborted.";
  if (kind === "model" && message?.isAnswered === false) return "The provider counted no tokens for it.";
  return basis === "estimated" ? "Its start had to be estimated; it took at most this long." : null;
}
