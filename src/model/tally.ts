import type { EpochMs, Milliseconds, TokenUsage, Usd } from "./units.js";

/**
 * How `opencode stats` counts, by the first release that does. `1.0`: sums over messages, without the cache in the
 * tokens of a session; `1.1`: with it; `1.15`: cost and tokens of a session as its own row has them; `2`: generation 2,
 * counted in the same words, as no release counts it.
 */
export type CountingRule = "1.0" | "1.1" | "1.15" | "2";

/** `tokens` as recorded: of releases up to 1.3.2 `output` holds the reasoning too. */
export interface Counts {
  readonly messages: number;
  readonly tokens: TokenUsage;
  readonly costUsd: Usd;
}

/** The same count twice: of everything, as `opencode stats` does, and without messages that are copies of others. */
export interface CountedTwice {
  readonly all: Counts;
  readonly own: Counts;
}

/** The messages that one model answered. Their sums may differ from the session's, which also has what is in no message. */
export interface ModelTally extends CountedTwice {
  readonly model: string;
}

export interface ToolTally {
  readonly tool: string;
  /** Calls of any outcome, those in copies included. */
  readonly calls: number;
  readonly ownCalls: number;
  /** Of the own calls those that failed, neither by the user's nor by a permission rule's doing. */
  readonly errors: number;
  /** How long each own call took that has an end, without waiting for the user. */
  readonly durationsMs: readonly Milliseconds[];
}

/** What one session alone adds to totals over several. */
export interface SessionTally extends CountedTwice {
  readonly id: string;
  readonly parentId: string | null;
  /** null where the source does not say. */
  readonly projectId: string | null;
  readonly directory: string;
  readonly rule: CountingRule;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** True for a session that holds messages, all of them copies. */
  readonly isCopy: boolean;
  readonly models: readonly ModelTally[];
  readonly tools: readonly ToolTally[];
  /** How often a user loaded a skill by a message, which is no call. */
  readonly skillsByUser: number;
}
