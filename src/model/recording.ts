import type { MemoryUsage, OperationMetric } from "./performance-report.js";
import type { Bytes, EpochMs, Milliseconds } from "./units.js";

/**
 * One line of a recording: what the plugin saw of a session while it ran. One file a session,
 * `<session id>.jsonl` in `$XDG_DATA_HOME/opencode/sessionflame/`. Ids, names of tools, sizes and times; never a text.
 * `at` is the wall clock; lengths are by a clock that never goes back.
 */
export type RecordingLine =
  | RecordingStart
  | RequestSent
  | FirstChunk
  | StreamEnd
  | RetryScheduled
  | PermissionAnswered
  | ToolRan
  | BaseSizes
  | MemorySample
  | StatusChange
  | CompactionDone
  | OwnOperation;

export type RecordingKind = RecordingLine["kind"];

interface LineBase {
  readonly at: EpochMs;
  /** The session itself, or the subagent that it was of. */
  readonly sessionId: string;
}

/** The first line of a file, and again of each process that goes on with it. */
export interface RecordingStart extends LineBase {
  readonly kind: "start";
  readonly version: 1;
  readonly recorder: string;
  readonly pid: number;
}

/** A request leaves. */
export interface RequestSent extends LineBase {
  readonly kind: "request";
  /** The answer's message; null for requests of which no message tells, as for a title. */
  readonly messageId: string | null;
  readonly purpose: "answer" | "title" | "compaction" | "other";
  readonly agent: string | null;
  /** `provider/model`. */
  readonly model: string | null;
  /** 1 for the first. */
  readonly attempt: number;
  /** From when the step's message was made: the agent's own preparation. */
  readonly preparedMs: Milliseconds | null;
}

export interface FirstChunk extends LineBase {
  readonly kind: "first-chunk";
  readonly messageId: string;
  /** Since its request was sent; null where that was not seen. */
  readonly waitedMs: Milliseconds | null;
}

/** `at` is when the model said the last; the line is written once the tools of the answer are done, after theirs. */
export interface StreamEnd extends LineBase {
  readonly kind: "stream-end";
  readonly messageId: string;
  /** Since its first chunk; null where none came. */
  readonly streamedMs: Milliseconds | null;
  /** Since its request was sent; null where that was not seen. */
  readonly requestMs: Milliseconds | null;
  readonly ok: boolean;
}

/** An attempt failed, and another one will be made. */
export interface RetryScheduled extends LineBase {
  readonly kind: "retry";
  readonly messageId: string | null;
  readonly attempt: number;
  /** When the next attempt is to be sent. */
  readonly nextAt: EpochMs | null;
  /** A status or one of the recorder's words, never a text of the provider's: `429`, `overloaded`. */
  readonly reason: string | null;
  /** Since its request was sent; null where that was not seen, and where its stream had begun. */
  readonly requestMs: Milliseconds | null;
}

/** A permission was asked for and answered, or never was. */
export interface PermissionAnswered extends LineBase {
  readonly kind: "permission";
  readonly askedAt: EpochMs;
  readonly waitedMs: Milliseconds;
  readonly reply: "once" | "always" | "reject" | "none";
  /** `bash`, `edit`. */
  readonly permission: string;
  readonly messageId: string | null;
  readonly callId: string | null;
}

export interface ToolRan extends LineBase {
  readonly kind: "tool";
  readonly tool: string;
  readonly messageId: string | null;
  readonly callId: string;
  readonly startedAt: EpochMs;
  readonly durationMs: Milliseconds;
  readonly ok: boolean;
  readonly inputBytes: Bytes;
  readonly outputBytes: Bytes;
}

/** What every prompt of an agent begins with, as it was last; written when it changes. */
export interface BaseSizes extends LineBase {
  readonly kind: "base";
  readonly systemChars: number | null;
  /** Of each definition what it says, and what it takes where OpenCode gives that as JSON. Tools of MCP servers are not told of. */
  readonly tools: readonly { readonly tool: string; readonly chars: number }[];
}

export interface MemorySample extends LineBase, MemoryUsage {
  readonly kind: "memory";
}

export interface StatusChange extends LineBase {
  readonly kind: "status";
  readonly status: "busy" | "idle" | "retry" | "error" | "deleted";
}

export interface CompactionDone extends LineBase {
  readonly kind: "compaction";
  readonly messageId: string | null;
}

/** What an agent's own code timed, by a type of its own. */
export interface OwnOperation extends LineBase, Omit<OperationMetric, "memory"> {
  readonly kind: "operation";
}
