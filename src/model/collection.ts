import type { CostBasis, LedgerRow, Report, ReportSession, SlowOperation, Summary } from "./report.js";
import type { Suggestion, SuggestionType } from "./suggestion.js";
import type { Counts } from "./tally.js";
import type { EpochMs, Milliseconds, Tokens, TokenUsage, Usd } from "./units.js";

/**
 * What is said of several sessions: versioned plain JSON. What a fork or an import copied counts once, and each session
 * is counted with its subagents.
 */
export interface CollectionReport extends CollectionIndex {
  /** By the id of the session; of those of which `hasReport` is true. */
  readonly reports: Readonly<Record<string, Report>>;
}

/** A collection without the Reports in it. */
export interface CollectionIndex {
  readonly version: 1;
  readonly kind: "collection";
  readonly generator: Report["generator"];
  readonly scope: CollectionScope;
  readonly totals: CollectionTotals;
  /** The newest first. */
  readonly sessions: readonly CollectedSession[];
  readonly unreadable: readonly UnreadableSession[];
  /** The oldest first; days without a session have no row. */
  readonly days: readonly CollectionDay[];
  /** What took most time first, as in the three lists after it. */
  readonly tools: readonly ToolTotals[];
  readonly commands: readonly CommandTotals[];
  /** What cost most first. */
  readonly files: readonly FileTotals[];
  /** The most used first. */
  readonly skills: readonly CollectionSkill[];
  /** What recurs in most sessions first. */
  readonly suggestions: readonly RecurringSuggestion[];
}

/** Which sessions were asked for. */
export interface CollectionScope {
  /** True where each session was named; else all of the source that the filters leave. */
  readonly isNamed: boolean;
  /** Sessions that changed in so many days; 0 is the day that began at midnight; null for all. */
  readonly days: number | null;
  readonly project: string | null;
}

export interface CollectionTotals {
  /** Sessions with a row, copies included. */
  readonly sessions: number;
  /** Of these: nothing but copies of others. They are listed, and count nowhere. */
  readonly copies: number;
  /** Messages in the other sessions that a fork or an import copied. */
  readonly copiedMessages: number;
  /** What `sessionflame stats` prints for the same sessions, without forks and copies; subagents are sessions of their own here. */
  readonly counted: Counts & { readonly sessions: number };
  /** What calls without a recorded cost cost by list prices; null where there are none. */
  readonly estimatedUsd: Usd | null;
  readonly wallMs: Milliseconds;
  readonly activeMs: Milliseconds;
  readonly ledger: readonly StateTime[];
  readonly turns: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly toolErrors: number;
}

export type StateTime = Pick<LedgerRow, "state" | "ms">;

/** What a session did itself, without what a fork or an import copied; messages, tokens, cost and calls as `sessionflame stats` counts. */
export interface OwnWork extends Counts {
  readonly turns: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly toolErrors: number;
}

/** One session with its subagents. */
export interface CollectedSession {
  readonly session: ReportSession;
  /** True for nothing but a copy of another session. */
  readonly isCopy: boolean;
  /** Messages that it has from another one. */
  readonly copiedMessages: number;
  readonly own: OwnWork;
  /** Recorded: that of `own`. Estimated: by list prices, in part at least. */
  readonly costUsd: Usd | null;
  readonly costBasis: CostBasis;
  /** As its Report has it. */
  readonly summary: Summary;
  readonly ledger: readonly LedgerRow[];
  /** The slowest few. */
  readonly slowest: readonly Omit<SlowOperation, "spanId">[];
  /** Those that ask for a change, what saves most first. */
  readonly suggestions: readonly Pick<Suggestion, "rule" | "title" | "savings" | "basis">[];
  /** False where the page had no room for its Report. */
  readonly hasReport: boolean;
}

/** A session that was chosen, and of which nothing can be said. */
export interface UnreadableSession {
  readonly id: string;
  /** In a few words. */
  readonly reason: string;
}

/** The sessions that began on one day, UTC. */
export interface CollectionDay {
  /** 0:00 UTC. */
  readonly startsAt: EpochMs;
  readonly sessions: number;
  readonly ledger: readonly StateTime[];
  readonly tokens: TokenUsage;
  /** null where no cost of a session is known. */
  readonly costUsd: Usd | null;
}

/** Calls of one tool. Times are those of calls that ended. */
export interface ToolTotals {
  readonly tool: string;
  readonly sessions: number;
  readonly calls: number;
  readonly errors: number;
  readonly timed: number;
  readonly totalMs: Milliseconds;
  readonly longest: LongestCall | null;
}

/** Runs of one program: `npm test`. */
export interface CommandTotals {
  readonly command: string;
  readonly sessions: number;
  readonly runs: number;
  /** Errors, and what ended with another code than 0. */
  readonly failed: number;
  /** Runs that ended: the times are theirs. */
  readonly timed: number;
  readonly totalMs: Milliseconds;
  readonly longest: LongestCall | null;
}

export interface LongestCall {
  readonly ms: Milliseconds;
  readonly sessionId: string;
}

/** One file of one folder, in the prompts of all sessions that ran there. */
export interface FileTotals {
  readonly directory: string;
  /** As seen from the folder. */
  readonly file: string;
  readonly sessions: number;
  readonly contentTokens: Tokens;
  readonly carriedTokens: Tokens;
  readonly reads: number;
  readonly writes: number;
  /** Reads that gave what an earlier one of the same session gave. */
  readonly repeatedReads: number;
  /** null where the prices of a session are not known. */
  readonly costUsd: Usd | null;
}

export interface CollectionSkill {
  readonly skill: string;
  readonly sessions: number;
  readonly uses: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly contentTokens: Tokens;
  readonly carriedTokens: Tokens;
  readonly costUsd: Usd | null;
}

/** What one rule found in several sessions. */
export interface RecurringSuggestion {
  readonly rule: string;
  readonly type: SuggestionType;
  readonly title: string;
  readonly sessions: number;
  readonly findings: number;
  /** Sums over what is known, of this rule alone: other rules may speak of the same time and tokens. */
  readonly ms: Milliseconds | null;
  readonly tokens: Tokens | null;
  readonly usd: Usd | null;
  /** Sessions in which it was found, the one in which it would have saved most first; a few of them. */
  readonly sessionIds: readonly string[];
}
