import type { CountedTwice, CountingRule, Counts } from "./tally.js";
import type { EpochMs, Milliseconds, Share, Tokens, Usd } from "./units.js";

/** Totals over several sessions, subagents counted as sessions of their own. */
export interface Stats {
  /** What was asked for; null for all. */
  readonly days: number | null;
  readonly project: string | null;
  /** Sessions that were last changed before it are left out; null for none. */
  readonly since: EpochMs | null;
  /** How the newest release counts that wrote any of the sessions. */
  readonly rule: CountingRule;
  /** As `opencode stats` counts: forks and imported copies with all that they copied. */
  readonly asOpencode: StatsTotals;
  /** The same without sessions that are nothing but copies, and without the messages that others copied. */
  readonly withoutCopies: StatsTotals;
  /** Most messages first. */
  readonly models: readonly StatsModel[];
  /** Most calls first. */
  readonly tools: readonly StatsTool[];
}

export interface StatsTotals extends Counts {
  readonly sessions: number;
  /** The days that were asked for, else those from the first session's beginning to the last change. */
  readonly days: number;
  readonly costPerDayUsd: Usd;
  /** Of all tokens of a session, cache included. Releases of 1.0 left the cache out, and so does their rule. */
  readonly meanTokensPerSession: Tokens;
  readonly medianTokensPerSession: Tokens;
}

/** `output` of the tokens is without reasoning, which `opencode stats` adds to it in its table of models. */
export interface StatsModel {
  readonly model: string;
  readonly asOpencode: CountedTwice["all"];
  readonly withoutCopies: CountedTwice["own"];
}

/** Times and errors are those of calls that are no copies, times without waiting for the user. */
export interface StatsTool {
  readonly tool: string;
  readonly calls: number;
  /** Of all calls. */
  readonly share: Share;
  readonly callsWithoutCopies: number;
  readonly errors: number;
  /** How many calls the times are of: those with an end. */
  readonly timed: number;
  readonly totalMs: Milliseconds;
  /** null without a timed call. */
  readonly p50Ms: Milliseconds | null;
  /** null under 20 timed calls. */
  readonly p95Ms: Milliseconds | null;
}
