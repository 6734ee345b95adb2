import type { CostBasis } from "./report-rows.js";
import type { Basis, EpochMs, Share, Tokens, TokenUsage, Usd } from "./units.js";

/** What a part of a prompt is. For each call they sum to its prompt. */
export type ContextKind =
  /** The system prompt and the tool definitions. */
  | "base"
  | "user"
  | "task-prompt"
  | "attached-file"
  | "assistant"
  /** Only where the prompts show that it was sent again. */
  | "reasoning"
  /** The arguments of calls. */
  | "tool-call"
  | "tool-result"
  | "compaction-summary"
  /** All of a compaction's own prompt. */
  | "compaction-input"
  /** What the prompt holds beyond all that is known. */
  | "unattributed";

/** One answered call: what its prompt was made of, and how much of it came out of the cache. */
export interface CompositionRow {
  readonly messageId: string;
  readonly spanId: number | null;
  readonly sessionId: string;
  readonly agent: string | null;
  readonly model: string | null;
  /** As the provider counted it. */
  readonly promptTokens: Tokens;
  readonly parts: readonly { readonly kind: ContextKind; readonly tokens: Tokens }[];
  /** What of `tool-result` is the content of files. */
  readonly fileResultTokens: Tokens;
  readonly cacheReadTokens: Tokens;
  readonly cacheWriteTokens: Tokens;
  readonly cacheHitRate: Share;
  /** Why the cache held less than half of what it could have; null where it held more, or was never seen to be used. */
  readonly cacheMiss: CacheMiss | null;
  /** Results that the agent had replaced by a remark since the call before. */
  readonly prunedTokens: Tokens;
  /** What a compaction had taken out since the call before. */
  readonly compactedTokens: Tokens;
  /** What was missing from the prompt without anything that says why. */
  readonly shrunkTokens: Tokens;
  /** How much fits into the model's context; null where nothing here says so. */
  readonly contextLimit: Tokens | null;
}

export type CacheMiss = "first-call" | "pause" | "compaction" | "model-change" | "agent-change" | "unknown";

/** One row a file, then one for each other thing that prompts were made of. Together they are all input of the session. */
export interface FileRow {
  /** Relative to the session's folder where it lies in it; of rows that are no file, their name. */
  readonly file: string;
  readonly kind: "file" | "media" | "search" | "tools" | "history" | "base" | "compaction-input" | "unattributed";
  /** What came in: of a file what its reads brought. */
  readonly contentTokens: Tokens;
  /** The sum over every call that held it. */
  readonly carriedTokens: Tokens;
  /** Of all input: of the carried tokens of all rows. They sum to 1. */
  readonly share: Share;
  readonly reads: number;
  readonly writes: number;
  /** Reads that gave what an earlier one gave, which was still in the context. */
  readonly repeatedReads: number;
  /** The same, where a compaction had taken the earlier one out, or it had been pruned. */
  readonly repeatedAfterCompaction: number;
  /** Of its carried tokens, by where in the prompts they stood; null where the prices cannot be known. */
  readonly costUsd: Usd | null;
}

/** One tool, MCP server or skill: what its calls and their results took in the context. */
export interface ToolTokensRow {
  readonly name: string;
  readonly calls: number;
  readonly errors: number;
  readonly argumentTokens: Tokens;
  readonly resultTokens: Tokens;
  /** Of arguments and results, over every call that held them. */
  readonly carriedTokens: Tokens;
  readonly costUsd: Usd | null;
  /** How the name is known: a server's may be no more than the beginning of its tools' names. */
  readonly basis: Basis;
}

/** One agent or one turn: what its calls took. */
export interface GroupTokensRow {
  readonly name: string;
  /** The turn; null for agents, and for calls outside every turn. */
  readonly spanId: number | null;
  readonly calls: number;
  readonly tokens: TokenUsage & { readonly total: Tokens };
  readonly costUsd: Usd | null;
  readonly costBasis: CostBasis;
  /** True where the user has taken all of it back. */
  readonly isReverted: boolean;
}

export interface CompactionRow {
  readonly messageId: string;
  readonly spanId: number | null;
  readonly at: EpochMs;
  /** True where the agent did it by itself; null where the data does not say. */
  readonly isAutomatic: boolean | null;
  /** The summary's own call. */
  readonly tokens: (TokenUsage & { readonly total: Tokens }) | null;
  readonly costUsd: Usd | null;
  /** The prompts of the calls just before and after; null where there is none. */
  readonly beforeTokens: Tokens | null;
  readonly afterTokens: Tokens | null;
  /** What went out of the context, by kind. */
  readonly dropped: readonly { readonly kind: ContextKind; readonly tokens: Tokens }[];
}

/** What one place in the data says that the session took, subagents included. */
export interface ReconciliationRow {
  readonly place: "steps" | "messages" | "session";
  readonly tokens: TokenUsage & { readonly total: Tokens };
  readonly costUsd: Usd | null;
  /** What this has more (or less) than the messages, and why; empty where they agree. */
  readonly difference: string;
}
