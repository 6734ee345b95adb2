import type {
  FirstChunk,
  PermissionAnswered,
  RecordingLine,
  RequestSent,
  RetryScheduled,
  StreamEnd,
  ToolRan,
} from "../../src/model/recording.js";

/** Lines of a recording about the session of a story: `ses_root`, unless a line says otherwise. */
const SESSION = "ses_root";

export function request(messageId: string, at: number, more: Partial<RequestSent> = {}): RequestSent {
  const said = { purpose: "answer" as const, agent: "build", model: "p/m", attempt: 1, preparedMs: null };
  return { kind: "request", at, sessionId: SESSION, messageId, ...said, ...more };
}

export function firstChunk(messageId: string, at: number): FirstChunk {
  return { kind: "first-chunk", at, sessionId: SESSION, messageId, waitedMs: null };
}

export function streamEnd(messageId: string, at: number, ok = true): StreamEnd {
  return { kind: "stream-end", at, sessionId: SESSION, messageId, streamedMs: null, requestMs: null, ok };
}

export function retry(messageId: string, at: number, nextAt: number | null): RetryScheduled {
  return { kind: "retry", at, sessionId: SESSION, messageId, attempt: 1, nextAt, reason: "429", requestMs: null };
}

export function permission(
  callId: string | null,
  askedAt: number,
  waitedMs: number,
  more: Partial<PermissionAnswered> = {},
): PermissionAnswered {
  const said = { reply: "once" as const, permission: "bash", messageId: null };
  return {
    kind: "permission",
    at: askedAt + waitedMs,
    sessionId: SESSION,
    callId,
    askedAt,
    waitedMs,
    ...said,
    ...more,
  };
}

export function toolRan(callId: string, startedAt: number, durationMs: number, more: Partial<ToolRan> = {}): ToolRan {
  const said = { tool: "bash", messageId: null, ok: true, inputBytes: 10, outputBytes: 100 };
  return {
    kind: "tool",
    at: startedAt + durationMs,
    sessionId: SESSION,
    callId,
    startedAt,
    durationMs,
    ...said,
    ...more,
  };
}

/** A line of each kind, with something in every field. */
export const EVERY_LINE: readonly RecordingLine[] = [
  { kind: "start", at: 1_795_000_000_000, sessionId: SESSION, version: 1, recorder: "0.1.0", pid: 4_711 },
  request("m2", 1_795_000_000_100, { preparedMs: 40 }),
  { ...firstChunk("m2", 1_795_000_000_900), waitedMs: 800 },
  { ...streamEnd("m2", 1_795_000_001_900), streamedMs: 1_000 },
  retry("m2", 1_795_000_000_500, 1_795_000_002_500),
  permission("c1", 1_795_000_002_000, 700, { messageId: "m2" }),
  toolRan("c1", 1_795_000_002_000, 900, { messageId: "m2" }),
  {
    ...{ kind: "base", at: 1_795_000_000_000, sessionId: SESSION, systemChars: 9_000 },
    tools: [{ tool: "bash", chars: 4_000 }],
  },
  {
    ...{ kind: "memory", at: 1_795_000_003_000, sessionId: SESSION },
    ...{ heapUsed: 1_000_000, heapTotal: 2_000_000, external: 3_000, rss: 9_000_000 },
  },
  { kind: "status", at: 1_795_000_003_000, sessionId: SESSION, status: "idle" },
  { kind: "compaction", at: 1_795_000_004_000, sessionId: SESSION, messageId: "m9" },
];
