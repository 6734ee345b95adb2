import type { Basis, Bytes, EpochMs, Milliseconds, Share, Tokens, TokenUsage, Usd } from "./units.js";

/**
 * What we say about a session: versioned plain JSON, everything that the page needs and nothing else.
 * Field names carry their unit; `At` is epoch milliseconds, `Ms` in `spans` is an offset from the session's start.
 */
export interface Report {
  readonly version: 1;
  readonly kind: "session";
  readonly generator: { readonly name: "sessionflame"; readonly version: string };
  readonly session: ReportSession;
  readonly summary: Summary;
  /** Flat, in pre-order. A span's id is its index. */
  readonly spans: readonly ReportSpan[];
  readonly time: {
    readonly ledger: readonly LedgerRow[];
    readonly operations: readonly OperationRow[];
    readonly modelCalls: readonly ModelCallRow[];
    readonly toolCalls: readonly ToolCallRow[];
  };
  readonly tokens: {
    readonly byMessage: readonly MessageRow[];
    readonly byModel: readonly ModelRow[];
  };
  readonly slowest: readonly SlowOperation[];
  readonly notes: readonly ReportNote[];
}

/** Every millisecond of the wall time is in exactly one of these. In order of precedence where several hold at once. */
export type State =
  | "generating"
  | "running-tools"
  | "retrying"
  | "waiting-for-model"
  | "waiting-for-user"
  | "overhead"
  | "unknown";

export interface ReportSession {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly sourceVersion: string | null;
  readonly directory: string;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly outcome: "complete" | "failed" | "aborted" | "unfinished";
  readonly parentId: string | null;
}

export interface Summary {
  readonly wallMs: Milliseconds;
  /** Wall time without waiting for the user and without unknown time. */
  readonly activeMs: Milliseconds;
  /** Prompts that a person wrote in the root session. */
  readonly turns: number;
  /** Commands that a person ran with `!`. */
  readonly shellCommands: number;
  readonly messages: number;
  /** Requests that were answered. */
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly toolErrors: number;
  readonly subagents: number;
  /** (output + reasoning) / modelCalls; null without a model call. */
  readonly avgResponseTokens: Tokens | null;
  readonly tokens: TokenUsage & { readonly total: Tokens };
  readonly costUsd: Usd | null;
  /** `recorded`; `free` where tokens were used and a cost of 0 is recorded; `unknown` where nothing is recorded. */
  readonly costBasis: "recorded" | "free" | "unknown";
}

export type ReportSpanKind = "session" | "turn" | "step" | "model" | "tool" | "subagent" | "user" | "wait";

export interface ReportSpan {
  /** The parent's id; -1 for the session. */
  readonly parent: number;
  readonly kind: ReportSpanKind;
  readonly name: string;
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  /** Time in the span that no child covers. */
  readonly selfMs: Milliseconds;
  /** The state of the span's own time. */
  readonly state: State;
  readonly status: "ok" | "error" | "aborted" | "rejected" | "unfinished";
  readonly basis: Basis;
  /** True where over 30 minutes passed without any record: the machine may have slept. */
  readonly mayHaveSlept?: true;
  readonly tokens?: TokenUsage;
  readonly model?: string;
  readonly tool?: string;
  readonly args?: string;
  readonly files?: readonly { readonly path: string; readonly bytes?: Bytes }[];
  readonly error?: string;
  readonly callId?: string;
  readonly messageId?: string;
  /** Subagents: the call id of the tool that started it. */
  readonly startedBy?: string;
  /** Turns: how long the prompt waited for the turn before to end. */
  readonly queuedMs?: Milliseconds;
}

export interface LedgerRow {
  readonly state: State;
  readonly ms: Milliseconds;
  /** Of active time; null for `waiting-for-user` and `unknown`, which are not part of it. */
  readonly share: Share | null;
  /** How surely the state's time is known; `unknown` where the source does not record the state. */
  readonly basis: Basis;
}

/** One row a tool, one row a model. Durations are those of calls that ended. */
export interface OperationRow {
  readonly operation: string;
  readonly kind: "model" | "tool";
  readonly count: number;
  /** Calls whose duration is known: the figures below are theirs. */
  readonly timed: number;
  readonly errors: number;
  readonly totalMs: Milliseconds;
  readonly meanMs: Milliseconds | null;
  readonly minMs: Milliseconds | null;
  readonly maxMs: Milliseconds | null;
  /** Of the sample; null for a single value. */
  readonly stdDevMs: Milliseconds | null;
  readonly p50Ms: Milliseconds | null;
  /** null under 20 values. */
  readonly p95Ms: Milliseconds | null;
  /** null under 100 values. */
  readonly p99Ms: Milliseconds | null;
}

export interface ModelCallRow {
  readonly spanId: number;
  readonly messageId: string;
  readonly model: string;
  readonly startedAt: EpochMs;
  readonly firstOutputAt: EpochMs | null;
  readonly endedAt: EpochMs;
  readonly waitMs: Milliseconds | null;
  readonly generateMs: Milliseconds | null;
  /** (output + reasoning) / generateMs; null where either is not known, or where the machine may have slept. */
  readonly tokensPerSecond: number | null;
  readonly basis: Basis;
}

export interface ToolCallRow {
  readonly spanId: number;
  readonly callId: string;
  readonly tool: string;
  readonly target: string;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  /** null where the call has no end. */
  readonly durationMs: Milliseconds | null;
  readonly status: ReportSpan["status"];
  readonly basis: Basis;
}

export interface MessageRow {
  readonly number: number;
  readonly messageId: string;
  /** The turn or the model call; null where the message has none. */
  readonly spanId: number | null;
  readonly role: "user" | "assistant";
  /** Who wrote it: a person, a person with a `!command` or by asking for a compaction, the agent's program, the model. */
  readonly origin: "prompt" | "command" | "compaction" | "automatic" | "answer";
  /** The agent that wrote it, or that it was written to. */
  readonly agent: string | null;
  readonly model: string | null;
  readonly isSubagent: boolean;
  readonly isCopied: boolean;
  readonly isReverted: boolean;
  readonly isCompaction: boolean;
  /** null where the source counts none: user messages, calls that were never answered. */
  readonly tokens: (TokenUsage & { readonly total: Tokens }) | null;
  readonly costUsd: Usd | null;
  readonly firstWords: string;
  readonly error: string | null;
}

export interface ModelRow {
  readonly model: string;
  readonly calls: number;
  readonly tokens: TokenUsage & { readonly total: Tokens };
  /** Of all tokens of the session. */
  readonly share: Share | null;
  readonly costUsd: Usd | null;
}

/** A leaf operation: a model call or a tool call, never a span together with its parent. */
export interface SlowOperation {
  readonly rank: number;
  readonly spanId: number;
  readonly title: string;
  readonly durationMs: Milliseconds;
  /** The first words of the answer, or what the tool was called on. */
  readonly detail: string;
  /** A remark on the figure; null where there is nothing to say. */
  readonly note: string | null;
}

export interface ReportNote {
  readonly kind: "skipped" | "repaired" | "guessed" | "info";
  readonly text: string;
}
