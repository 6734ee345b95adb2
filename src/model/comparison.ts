import type { Redaction } from "./redaction.js";
import type { Report, ReportNote, State } from "./report.js";
import type { CostBasis } from "./report-rows.js";
import type { FileRow } from "./token-rows.js";
import type { EpochMs, Milliseconds, Share, Tokens, Usd } from "./units.js";

/**
 * Two sessions, or two groups of them, side by side: versioned plain JSON. A is what it was before, B what it is after.
 * Every figure is one of the two Reports, or of groups their median; every difference is B minus A.
 */
export interface ComparisonReport {
  readonly version: 1;
  readonly kind: "comparison";
  readonly generator: Report["generator"];
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly summary: ComparedSummary;
  /** The largest differences of each measure, the measures in their order. They overlap: not to be added up. */
  readonly largest: readonly LargestDifference[];
  /** One row a state, as in the time ledger. */
  readonly ledger: readonly { readonly state: State; readonly ms: Difference }[];
  /** By name. The largest difference in time first. */
  readonly tools: readonly ToolDifference[];
  readonly models: readonly ModelDifference[];
  /** By path, and everything else that prompts were made of. The largest difference in carried tokens first. */
  readonly files: readonly FileDifference[];
  /** Turn by turn, in their order; null for groups. */
  readonly turns: readonly TurnDifference[] | null;
  readonly onlyIn: { readonly a: OnlyIn; readonly b: OnlyIn };
  readonly flame: DifferenceGraph;
  readonly notes: readonly ComparisonNote[];
  /** The level at which both sides were redacted; null where that is not known. */
  readonly redaction: Redaction["level"] | null;
}

export interface ComparedSide {
  /** One, or a group. */
  readonly sessions: readonly ComparedSession[];
}

/** One of the sessions that are compared, with what its own report says first. */
export interface ComparedSession {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly sourceVersion: string | null;
  readonly models: readonly string[];
  readonly startedAt: EpochMs;
  readonly outcome: Report["session"]["outcome"];
  readonly wallMs: Milliseconds;
  readonly activeMs: Milliseconds;
  readonly tokens: Tokens | null;
  readonly costUsd: Usd | null;
  readonly costBasis: CostBasis;
}

/** One figure on both sides. */
export interface Difference {
  /** Of a group the median of those that are known; null where none is. */
  readonly a: number | null;
  readonly b: number | null;
  /** b − a; null where either is not known. */
  readonly difference: number | null;
  /** Of groups alone. */
  readonly test?: RankTest;
}

/** A Mann-Whitney test, two-sided: whether the figures of one group tend to be larger than those of the other one. */
export interface RankTest {
  /** Sessions of which the figure is known. */
  readonly nA: number;
  readonly nB: number;
  /** In how many pairs B's figure is the larger one, ties as halves; null where too few are known to test anything. */
  readonly u: number | null;
  readonly p: Share | null;
  readonly verdict: Verdict;
}

/** `too-few`: under 5 on a side. `none`: no difference is shown, which does not show that there is none. */
export type Verdict = "more" | "less" | "none" | "too-few";

export interface ComparedSummary {
  readonly wallMs: Difference;
  readonly activeMs: Difference;
  readonly turns: Difference;
  readonly messages: Difference;
  readonly modelCalls: Difference;
  readonly toolCalls: Difference;
  readonly toolErrors: Difference;
  readonly subagents: Difference;
  readonly avgResponseTokens: Difference;
  readonly uncachedInputTokens: Difference;
  readonly cacheReadTokens: Difference;
  readonly cacheWriteTokens: Difference;
  readonly outputTokens: Difference;
  readonly reasoningTokens: Difference;
  readonly totalTokens: Difference;
  readonly costUsd: Difference;
}

export type Measure = "time" | "tokens" | "cost";

export interface LargestDifference {
  /** Milliseconds, tokens or dollars. */
  readonly measure: Measure;
  /** A state of the ledger, a tool, a model, what the prompts held, a count of tokens. */
  readonly what: "state" | "tool" | "model" | "file" | "token-count";
  /** The state's or the count's name, else what it is called in the reports. */
  readonly name: string;
  readonly figure: Difference;
}

/** Where something is that can be missing on one side. There its figures are 0: what is not there takes nothing. */
export type Presence = "both" | "a" | "b";

export interface ToolDifference {
  readonly tool: string;
  readonly isIn: Presence;
  readonly calls: Difference;
  readonly errors: Difference;
  /** Of calls that ended, what ran side by side in full. */
  readonly totalMs: Difference;
  readonly p50Ms: Difference;
  /** Of arguments and results, over every prompt that held them. */
  readonly carriedTokens: Difference;
  readonly costUsd: Difference;
}

export interface ModelDifference {
  readonly model: string;
  readonly isIn: Presence;
  readonly calls: Difference;
  readonly totalMs: Difference;
  readonly p50Ms: Difference;
  readonly tokens: Difference;
  readonly costUsd: Difference;
}

export interface FileDifference {
  /** As in the table by file: relative to each session's own folder. */
  readonly file: string;
  readonly kind: FileRow["kind"];
  readonly isIn: Presence;
  readonly reads: Difference;
  readonly writes: Difference;
  readonly contentTokens: Difference;
  readonly carriedTokens: Difference;
  readonly costUsd: Difference;
}

/** What a turn or a step took. `nameA` and `nameB`: what it is called there; null where there is none. */
export interface TakenDifference {
  readonly nameA: string | null;
  readonly nameB: string | null;
  readonly isIn: Presence;
  readonly ms: Difference;
  readonly toolCalls: Difference;
  readonly tokens: Difference;
  readonly costUsd: Difference;
}

/** Turns of the same prompt are one row, else those that come at the same place. */
export interface TurnDifference extends TakenDifference {
  /** Its steps, by their order. */
  readonly steps: readonly TakenDifference[];
}

/** What is there on one side alone, that in most sessions first; null where it is not known of either side. */
export interface OnlyIn {
  readonly tools: readonly OnlyName[] | null;
  readonly files: readonly OnlyName[] | null;
  readonly commands: readonly OnlyName[] | null;
  readonly skills: readonly OnlyName[] | null;
  readonly suggestions: readonly OnlyName[] | null;
}

export interface OnlyName {
  readonly name: string;
  /** Of the side, how many have it. */
  readonly sessions: number;
}

/** The time of work as one call tree, merged by name, with what both sides took. */
export interface DifferenceGraph {
  /** Pre-order, the heaviest first; the first is the root. */
  readonly nodes: readonly DifferenceNode[];
  /** Nodes that are too narrow or too deep to be drawn: their time is in what they hang on. */
  readonly leftOut: number;
}

export interface DifferenceNode {
  /** The index of the node that it hangs on; -1 for the root. */
  readonly parent: number;
  readonly name: string;
  /** With everything beneath it; of a group the mean of its sessions. */
  readonly aMs: Milliseconds;
  readonly bMs: Milliseconds;
}

/** `both`: of the comparison itself. */
export interface ComparisonNote extends ReportNote {
  readonly of: Presence;
  /** The session that it is about; null where it is about the side. */
  readonly sessionId: string | null;
}
