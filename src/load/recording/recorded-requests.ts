import type { FirstChunk, RecordingLine, RequestSent, RetryScheduled, StreamEnd } from "../../model/recording.js";
import type { EpochMs } from "../../model/units.js";

/** When the requests for one answer were sent, and when it came. */
export interface RecordedRequest {
  readonly sessionId: string;
  readonly firstSentAt: EpochMs;
  /** When the last attempt was sent; where it never was, when it was to be. */
  readonly sentAt: EpochMs;
  readonly hasRetries: boolean;
  /** Of each failed attempt that says why. */
  readonly retryReasons: readonly string[];
  /** Of the last attempt; null where nothing came, or nobody saw it. */
  readonly firstChunkAt: EpochMs | null;
  readonly streamEndAt: EpochMs | null;
}

/** A compaction is an answer too: its message holds the summary. */
const IS_ANSWER: ReadonlySet<RequestSent["purpose"]> = new Set(["answer", "compaction"]);

interface Seen {
  readonly requests: RequestSent[];
  readonly retries: RetryScheduled[];
  readonly chunks: FirstChunk[];
  readonly ends: StreamEnd[];
}

/** By the answer's message, of which a request must have been seen. Lines may stand in any order. */
export function recordedRequests(lines: readonly RecordingLine[]): ReadonlyMap<string, RecordedRequest> {
  const seen = new Map<string, Seen>();
  for (const line of lines.toSorted((a, b) => a.at - b.at)) {
    if (!("messageId" in line) || line.messageId === null) continue;
    const own = seen.get(line.messageId) ?? { requests: [], retries: [], chunks: [], ends: [] };
    seen.set(line.messageId, own);
    if (line.kind === "request" && IS_ANSWER.has(line.purpose)) own.requests.push(line);
    if (line.kind === "retry") own.retries.push(line);
    if (line.kind === "first-chunk") own.chunks.push(line);
    if (line.kind === "stream-end") own.ends.push(line);
  }
  return new Map([...seen].flatMap(([id, own]) => (own.requests.length > 0 ? [[id, requestOf(own)] as const] : [])));
}

/** What came before the last attempt was sent belongs to one that failed. */
function requestOf({ requests, retries, chunks, ends }: Seen): RecordedRequest {
  const { at: firstSentAt, sessionId } = requests[0] as RequestSent;
  const lastRequestAt = (requests.at(-1) as RequestSent).at;
  const retry = retries.at(-1);
  const isPending = retry !== undefined && retry.at > lastRequestAt;
  const sentAt = isPending ? Math.max(retry.at, retry.nextAt ?? retry.at) : lastRequestAt;
  const from = isPending ? retry.at : lastRequestAt;
  const firstChunkAt = chunks.find(({ at }) => at >= from)?.at ?? null;
  // Without a first chunk an end is that of an attempt before, which may be told of in the same millisecond.
  const streamEndAt = firstChunkAt === null ? null : (ends.findLast(({ at }) => at >= firstChunkAt)?.at ?? null);
  const hasRetries = retries.length > 0 || requests.length > 1;
  // A plugin that was loaded twice tells of each attempt twice.
  const reasons = new Map(retries.map(({ attempt, reason }) => [attempt, reason]));
  const retryReasons = [...reasons.values()].flatMap((reason) => reason ?? []);
  return { sessionId, firstSentAt, sentAt, hasRetries, retryReasons, firstChunkAt, streamEndAt };
}
