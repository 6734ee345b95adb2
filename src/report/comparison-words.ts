import type {
  ComparedSession,
  ComparedSide,
  ComparedSummary,
  ComparisonReport,
  Difference,
  LargestDifference,
  Measure,
} from "../model/comparison.js";
import type { State } from "../model/report.js";
import { formatCount, listed, plural } from "./format.js";
import { formatChange, formatFigure, formatSigned, type Unit } from "./signed.js";
import { displayTitle } from "./visible.js";

/** What the figures of a measure are in. */
export const MEASURE_UNITS: Readonly<Record<Measure, Unit>> = { time: "ms", tokens: "tokens", cost: "usd" };
export const MEASURE_LABELS: Readonly<Record<Measure, string>> = { time: "Time", tokens: "Tokens", cost: "Cost" };

/** The states of the ledger within a sentence, and as labels. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  generating: "AI thinking",
  "running-tools": "tools",
  retrying: "retries",
  "waiting-for-model": "waiting for the model",
  "waiting-for-user": "waiting for you",
  overhead: "overhead",
  unknown: "unknown time",
};

const COUNT_WORDS: Readonly<Partial<Record<string, string>>> = {
  uncachedInputTokens: "uncached input",
  cacheReadTokens: "cache read",
  cacheWriteTokens: "cache write",
  outputTokens: "output",
  reasoningTokens: "reasoning",
} satisfies Partial<Record<keyof ComparedSummary, string>>;

/** What a row of the largest differences is about. */
export function largestWords({ what, name }: LargestDifference): string {
  if (what === "state") return STATE_WORDS[name as State] ?? name;
  if (what === "token-count") return COUNT_WORDS[name] ?? name;
  return name;
}

export const WHAT_LABELS: Readonly<Record<LargestDifference["what"], string>> = {
  state: "state of the ledger",
  tool: "tool",
  model: "model",
  file: "held in prompts",
  "token-count": "kind of tokens",
};

/** `OpenCode 1.18.34`. */
export function recordedBy({ source, sourceVersion }: Pick<ComparedSession, "source" | "sourceVersion">): string {
  return [source === "opencode" ? "OpenCode" : source, sourceVersion].filter(Boolean).join(" ");
}

/** `Debug Auth`; of a group how many sessions it has. */
export function sideTitle({ sessions }: ComparedSide): string {
  const [first, ...others] = sessions;
  return others.length === 0 ? displayTitle(first?.title ?? "") : plural(sessions.length, "session");
}

export function comparisonTitle({ a, b }: ComparisonReport): string {
  const [before, after] = [sideTitle(a), sideTitle(b)];
  return before === after && a.sessions.length === 1 ? `Comparison: ${before}` : `Comparison: ${before} → ${after}`;
}

/** What changed most, in two sentences; the first begins in bold. */
export function comparisonAnswer(compared: ComparisonReport): { readonly lead: string; readonly rest: string } {
  const { summary } = compared;
  const changes = [
    changeWords(summary.activeMs, "ms", "active time"),
    changeWords(summary.totalTokens, "tokens", "tokens"),
    changeWords(summary.costUsd, "usd", "cost"),
  ].filter(Boolean);
  if (changes.length === 0)
    return {
      lead: "Nothing differs in active time, tokens or cost",
      rest: `, as far as they are known.${groupWords(compared)}`,
    };
  const [lead = "", ...others] = changes;
  return { lead: `B took ${lead}`, rest: `${restOf(others)}.${mostWords(compared)}${groupWords(compared)}` };
}

function restOf(others: readonly string[]): string {
  return others.length === 0 ? "" : `${others.length > 1 ? ", " : " and "}${listed(others)}`;
}

/** `8.2 s more active time (+55 %)`; empty where nothing differs or nothing is known. */
function changeWords(figure: Difference, unit: Unit, noun: string): string {
  const { a, difference } = figure;
  if (difference === null || difference === 0) return "";
  const more = difference > 0 ? "more" : unit === "tokens" ? "fewer" : "less";
  const change = formatChange(a, difference);
  return `${formatFigure(Math.abs(difference), unit)} ${more} ${noun}${change === "" ? "" : ` (${change})`}`;
}

/** Of the time, the states that differ most; those that the agent's work is not made of are left out. */
function mostWords({ ledger, summary }: ComparisonReport): string {
  if (summary.activeMs.difference === null) return "";
  const active = ledger.filter(({ state }) => state !== "waiting-for-user" && state !== "unknown");
  const differing = active.flatMap(({ state, ms }) =>
    ms.difference === null || ms.difference === 0 ? [] : [{ state, ms: ms.difference }],
  );
  const most = differing.sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms)).slice(0, 2);
  if (most.length === 0) return "";
  const words = most.map(
    ({ state, ms }) => `${STATE_WORDS[state]} (${formatSigned(ms, (size) => formatFigure(size, "ms"))})`,
  );
  return ` In time ${listed(words)} ${most.length > 1 ? "differ" : "differs"} most.`;
}

/** Of groups what a test shows of the three figures. */
function groupWords({ a, b, summary }: ComparisonReport): string {
  const tests = [
    ["active time", summary.activeMs.test],
    ["tokens", summary.totalTokens.test],
    ["cost", summary.costUsd.test],
  ] as const;
  const tested = tests.flatMap(([noun, test]) => (test ? [{ noun, verdict: test.verdict }] : []));
  if (tested.length === 0) return "";
  const sizes = `Medians of ${formatCount(a.sessions.length)} and ${plural(b.sessions.length, "session")}`;
  const shown = tested.filter(({ verdict }) => verdict === "more" || verdict === "less").map(({ noun }) => noun);
  if (shown.length > 0)
    return ` ${sizes}; the difference in ${listed(shown)} is more than chance (p\u00a0<\u00a00.05).`;
  const isFew = tested.every(({ verdict }) => verdict === "too-few");
  return isFew
    ? ` ${sizes}: too few to tell it from chance.`
    : ` ${sizes}; chance alone could do that (p\u00a0≥\u00a00.05).`;
}
