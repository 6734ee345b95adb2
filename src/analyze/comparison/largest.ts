import type {
  ComparedSummary,
  ComparisonReport,
  Difference,
  LargestDifference,
  Measure,
} from "../../model/comparison.js";
import { size } from "./paired-rows.js";

/** Of each measure. */
const SHOWN = 5;

type Compared = Pick<ComparisonReport, "summary" | "ledger" | "tools" | "models" | "files">;

/** What differs most: in time, then in tokens, then in cost. */
export function largestDifferences(compared: Compared): LargestDifference[] {
  return [
    ...largestOf("time", timesOf(compared)),
    ...largestOf("tokens", tokensOf(compared)),
    ...largestOf("cost", costsOf(compared)),
  ];
}

type Candidate = Omit<LargestDifference, "measure">;

function largestOf(measure: Measure, candidates: readonly Candidate[]): LargestDifference[] {
  const differing = candidates.filter(({ figure }) => size(figure) > 0);
  const sorted = differing.sort((a, b) => size(b.figure) - size(a.figure) || (a.name < b.name ? -1 : 1));
  return sorted.slice(0, SHOWN).map((candidate) => ({ measure, ...candidate }));
}

function timesOf({ ledger, tools, models }: Compared): Candidate[] {
  return [
    ...ledger.map(({ state, ms }) => candidate("state", state, ms)),
    ...tools.map(({ tool, totalMs }) => candidate("tool", tool, totalMs)),
    ...models.map(({ model, totalMs }) => candidate("model", model, totalMs)),
  ];
}

/** The counts of which the total is the sum. */
const COUNTS = [
  ...(["uncachedInputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens", "reasoningTokens"] as const),
] satisfies readonly (keyof ComparedSummary)[];

function tokensOf({ summary, files }: Compared): Candidate[] {
  return [
    ...COUNTS.map((name) => candidate("token-count", name, summary[name])),
    ...files.map(({ file, carriedTokens }) => candidate("file", file, carriedTokens)),
  ];
}

function costsOf({ models, files }: Compared): Candidate[] {
  return [
    ...models.map(({ model, costUsd }) => candidate("model", model, costUsd)),
    ...files.map(({ file, costUsd }) => candidate("file", file, costUsd)),
  ];
}

function candidate(what: Candidate["what"], name: string, figure: Difference): Candidate {
  return { what, name, figure };
}
