import type { CollectionIndex, CollectionTotals, StateTime } from "../../../model/collection.js";
import type { State } from "../../../model/report.js";
import type { EpochMs, Milliseconds, Share } from "../../../model/units.js";
import {
  baseName,
  formatCompact,
  formatDuration,
  formatInstant,
  formatShare,
  formatUsd,
  listed,
  plural,
} from "../../../report/format.js";
import { ledgerPercents, type Percents } from "../percents.js";
import { hitRate } from "../usage-columns.js";
import { leftOutRemark } from "./notes.js";

/** `21 Nov 2026`. */
export function dayText(at: EpochMs): string {
  return formatInstant(at).split(",")[0] as string;
}

/** What the page is called: `12 sessions`, `12 sessions of shop`. */
export function collectionTitle({ scope, totals }: CollectionIndex): string {
  const of = scope.project === null ? "" : ` of ${baseName(scope.project)}`;
  return `${plural(totals.sessions - totals.copies, "session")}${of}`;
}

/** Under the title: which sessions, and when they ran. */
export function collectionMeta({ scope, days, totals, sessions }: CollectionIndex): string {
  const folders = new Set(sessions.map(({ session }) => session.directory));
  const [first, last] = [days[0], days.at(-1)];
  const span = first && last ? [...new Set([dayText(first.startsAt), dayText(last.startsAt)])].join(" to ") : "";
  return [
    scope.project ?? (folders.size === 1 ? [...folders][0] : plural(folders.size, "folder")),
    span,
    scope.isNamed ? "named one by one" : scope.days === null ? "" : daysText(scope.days),
    totals.counted.sessions > totals.sessions - totals.copies
      ? `with ${plural(totals.counted.sessions - (totals.sessions - totals.copies), "subagent")}`
      : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function daysText(days: number): string {
  return days === 0 ? "changed since midnight" : `changed in the last ${days === 1 ? "day" : `${days} days`}`;
}

/** The states that make up active time, in their order, with their shares of it. */
export function activeStates(ledger: readonly StateTime[]): { state: State; ms: number; share: Share }[] {
  const active = ledger.filter(({ state, ms }) => !IDLE.has(state) && ms > 0);
  const all = active.reduce((sum, { ms }) => sum + ms, 0);
  return active.map(({ state, ms }) => ({ state, ms, share: ms / all }));
}

export function stateMs({ ledger }: { readonly ledger: readonly StateTime[] }, wanted: State): Milliseconds {
  return ledger.find(({ state }) => state === wanted)?.ms ?? 0;
}

/** The shares of all sessions as texts: one state has one percentage wherever it stands. */
export function totalPercents({ ledger }: CollectionTotals): Percents {
  const shares = new Map(activeStates(ledger).map(({ state, share }) => [state, share]));
  return ledgerPercents(ledger.map(({ state }) => ({ state, share: shares.get(state) ?? 0 })));
}

const IDLE: ReadonlySet<State> = new Set(["waiting-for-user", "unknown"]);

/** `$4.10`, `$4.10 and ≈ $0.30`; what no price is known of is in neither. */
export function totalCost({ counted, estimatedUsd }: CollectionTotals): string {
  const recorded = counted.costUsd > 0 || estimatedUsd === null ? [formatUsd(counted.costUsd)] : [];
  return [...recorded, ...(estimatedUsd === null ? [] : [`≈ ${formatUsd(estimatedUsd)}`])].join(" and ");
}

/** The answer first: how much work it was, what the time went to, and what it cost. */
export function collectionAnswer({ totals }: CollectionIndex): { lead: string; rest: string } {
  if (totals.activeMs === 0) return { lead: "No work on record", rest: " in these sessions." };
  const percents = totalPercents(totals);
  const parts = activeStates(totals.ledger)
    .map(({ state, share }) => ({ share, words: `${percents[state]} ${ANSWER_WORDS[state]}` }))
    .filter(({ share }) => share >= 0.05)
    .sort((a, b) => b.share - a.share);
  const all = totals.counted.tokens;
  const tokens = all.uncachedInput + all.cacheRead + all.cacheWrite + all.output + all.reasoning;
  return {
    lead: `${formatDuration(totals.activeMs)} of work, ${totalCost(totals)}`,
    rest: ` in ${plural(totals.sessions - totals.copies, "session")}: ${listed(parts.map(({ words }) => words))}. ${formatCompact(tokens)} tokens${cacheWords(hitRate(all))}.`,
  };
}

/** What is said on the terminal when the page is written: one line for each thing. */
export function collectionWords(index: CollectionIndex): string[] {
  const { lead, rest } = collectionAnswer(index);
  const { unreadable } = index;
  const reasons = [...new Set(unreadable.map(({ reason }) => reason))];
  return [
    `${lead}${rest}`,
    unreadable.length === 0 ? "" : `${plural(unreadable.length, "session")} could not be read: ${listed(reasons)}.`,
    leftOutRemark(index),
  ].filter(Boolean);
}

function cacheWords(rate: Share | null): string {
  return rate === null ? "" : `; ${formatShare(rate)} of the input came out of the cache`;
}

const ANSWER_WORDS: Readonly<Record<State, string>> = {
  generating: "AI thinking",
  "running-tools": "tools",
  retrying: "retries",
  "waiting-for-model": "waiting for the model",
  overhead: "overhead",
  "waiting-for-user": "waiting for you",
  unknown: "unknown",
};
