import type { ReportSpan, State } from "./report.js";
import type { Basis, EpochMs, Milliseconds, Share, Tokens, TokenUsage, Usd } from "./units.js";

export interface LedgerRow {
  readonly state: State;
  readonly ms: Milliseconds;
  /** Of active time; null for `waiting-for-user` and `unknown`, which are not part of it. */
  readonly share: Share | null;
  /** How surely the state's time is known; `unknown` where the source does not record the state. */
  readonly basis: Basis;
}

/**
 * How a cost is known. `estimated`: by list prices, in part at least; `free`: a recorded 0 beside used tokens; `no-price`:
 * tokens were counted, but neither a cost nor a price is known; null where nothing was counted.
 */
export type CostBasis = "recorded" | "estimated" | "free" | "no-price" | null;

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
  /** From the request that was answered to the first output. */
  readonly waitMs: Milliseconds | null;
  /** Failed attempts and the pauses between them; null where none is known. */
  readonly retryMs: Milliseconds | null;
  readonly generateMs: Milliseconds | null;
  /** How long each kind of output streamed; null where the source does not time it. */
  readonly reasoningMs: Milliseconds | null;
  readonly textMs: Milliseconds | null;
  readonly toolArgumentsMs: Milliseconds | null;
  /** The step's time in which neither this call nor a tool of it ran. */
  readonly overheadMs: Milliseconds;
  /** How many times longer it waited than this model's other calls, where nothing else says that attempts failed. */
  readonly waitedTimesLonger: number | null;
  /** (output + reasoning) / generateMs; null where either is not known, or where the machine may have slept. */
  readonly tokensPerSecond: number | null;
  readonly basis: Basis;
}

export interface ToolCallRow {
  readonly spanId: number;
  readonly callId: string;
  readonly tool: string;
  readonly target: string;
  /** When the model's call was complete; it began to run at `startedAt`. */
  readonly calledAt: EpochMs;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  /** null where the call has no end. */
  readonly durationMs: Milliseconds | null;
  readonly status: ReportSpan["status"];
  readonly basis: Basis;
}

/** A span whose own time lies on the path that decided when its turn ended. */
export interface CriticalPathEntry {
  readonly turnId: number;
  readonly spanId: number;
  readonly ms: Milliseconds;
  readonly state: State;
  /** What the turn would at least have been shorter, had the span's own time been nothing: the time in which nothing else ran. */
  readonly savesAtLeastMs: Milliseconds;
  readonly savesAtMostMs: Milliseconds;
}

/** One child session, its own subagents counted in, in all the times in which it worked. */
export interface SubagentRow {
  readonly sessionId: string;
  readonly title: string;
  readonly agent: string | null;
  readonly spanIds: readonly number[];
  /** The lengths of its spans. */
  readonly wallMs: Milliseconds;
  /** As that of the session, of `wallMs`. */
  readonly ledger: readonly Pick<LedgerRow, "state" | "ms">[];
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly tokens: Tokens;
  readonly costUsd: Usd | null;
}

export interface MessageRow {
  readonly number: number;
  readonly messageId: string;
  /** The turn or the model call; null where the message has none. */
  readonly spanId: number | null;
  readonly role: "user" | "assistant";
  /**
   * Who wrote it: a person, a person with a `!command` or by asking for a compaction, the agent's program, the model.
   * `unknown`: the release that made the report did not say.
   */
  readonly origin: "prompt" | "command" | "compaction" | "automatic" | "answer" | "unknown";
  /** The agent that wrote it, or that it was written to. */
  readonly agent: string | null;
  readonly model: string | null;
  readonly isSubagent: boolean;
  readonly isCopied: boolean;
  readonly isReverted: boolean;
  readonly isCompaction: boolean;
  /** null where the source counts none: user messages, calls that were never answered. */
  readonly tokens: (TokenUsage & { readonly total: Tokens }) | null;
  /** Of user messages: what they added to the prompts, as far as the growth of those tells. */
  readonly estimatedTokens: Tokens | null;
  readonly costUsd: Usd | null;
  readonly costBasis: CostBasis;
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
  readonly costBasis: CostBasis;
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
