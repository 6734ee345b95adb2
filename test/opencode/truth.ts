import type { RecordingLine, RequestSent } from "../../src/model/recording.js";
import type { EpochMs, Milliseconds } from "../../src/model/units.js";

/** What the model server wrote down of one request. */
export interface Request {
  readonly kind: "chat" | "title" | "summary";
  readonly model: string;
  readonly status: number;
  readonly received: EpochMs;
  /** Not of attempts that failed. */
  readonly firstByte?: EpochMs;
  readonly ended: EpochMs;
}

/** How far recorded lines are from what happened, with their sign. */
export interface TimeErrors {
  readonly sent: readonly Milliseconds[];
  readonly firstChunk: readonly Milliseconds[];
  readonly streamEnd: readonly Milliseconds[];
}

const KINDS = { answer: "chat", title: "title", compaction: "summary", other: "other" } as const;

/** The requests in the order in which they came. */
export function requestsIn(truth: string): readonly Request[] {
  const lines = truth.trim().split("\n");
  return lines.map((line): Request => JSON.parse(line)).sort((a, b) => a.received - b.received);
}

/**
 * Each recorded request beside the one that came in: the nth of its kind and model, of which never two are under way at
 * a time. Throws where one of the two is missing.
 */
export function timeErrors(lines: readonly RecordingLine[], truth: readonly Request[]): TimeErrors {
  const sent = lines.filter((line) => line.kind === "request").sort((a, b) => a.at - b.at);
  const pairs = paired(sent, truth);
  const answered = pairs.filter(([{ messageId }, { firstByte }]) => messageId !== null && firstByte !== undefined);
  const after = (kind: "first-chunk" | "stream-end", { messageId, at }: RequestSent): EpochMs =>
    lines.find((line) => line.kind === kind && line.messageId === messageId && line.at >= at)?.at ?? Number.NaN;
  return {
    sent: pairs.map(([line, { received }]) => line.at - received),
    firstChunk: answered.map(([line, { firstByte }]) => after("first-chunk", line) - (firstByte as EpochMs)),
    streamEnd: answered.map(([line, { ended }]) => after("stream-end", line) - ended),
  };
}

/** How long one request was refused: from when it first came in until it was made again and answered. */
export function refusedMs(truth: readonly Request[]): Milliseconds {
  const first = truth.findIndex(({ status }) => status !== 200);
  const refused = truth[first] as Request;
  const answered = truth.slice(first).find(({ status, model }) => status === 200 && model === refused.model);
  return (answered?.received ?? Number.NaN) - refused.received;
}

function paired(sent: readonly RequestSent[], truth: readonly Request[]): readonly (readonly [RequestSent, Request])[] {
  const left = [...truth];
  const pairs = sent.map((line) => {
    const i = left.findIndex(({ kind, model }) => kind === KINDS[line.purpose] && line.model === `mock/${model}`);
    if (i < 0) throw new Error(`a recorded request was never made: ${JSON.stringify(line)}`);
    return [line, left.splice(i, 1)[0] as Request] as const;
  });
  if (left.length > 0) throw new Error(`requests were not recorded: ${JSON.stringify(left)}`);
  return pairs;
}
