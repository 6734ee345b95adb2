import type { CollectedSession, CollectionTotals, StateTime } from "../../model/collection.js";
import type { State } from "../../model/report.js";
import type { StatsTotals } from "../../model/stats.js";
import { roundedUsd } from "../round.js";
import { sumOfKnown } from "../sum-of-known.js";

/** `counted`: the totals of `stats` for the same sessions, without copies. */
export function collectionTotals(sessions: readonly CollectedSession[], counted: StatsTotals): CollectionTotals {
  const originals = sessions.filter(({ isCopy }) => !isCopy);
  const total = (figureOf: (session: CollectedSession) => number) =>
    originals.reduce((sum, session) => sum + figureOf(session), 0);
  return {
    sessions: sessions.length,
    copies: sessions.length - originals.length,
    copiedMessages: total(({ copiedMessages }) => copiedMessages),
    counted: {
      sessions: counted.sessions,
      messages: counted.messages,
      tokens: counted.tokens,
      costUsd: counted.costUsd,
    },
    estimatedUsd: roundedUsd(sumOfKnown(originals.map(estimateIn))),
    wallMs: total(({ summary }) => summary.wallMs),
    activeMs: total(({ summary }) => summary.activeMs),
    ledger: stateTimes(originals.map(({ ledger }) => ledger)),
    turns: total(({ own }) => own.turns),
    modelCalls: total(({ own }) => own.modelCalls),
    toolCalls: total(({ own }) => own.toolCalls),
    toolErrors: total(({ own }) => own.toolErrors),
  };
}

/** What of a session's cost is no more than what list prices make of it. */
function estimateIn({ costUsd, costBasis, own }: CollectedSession): number | null {
  return costBasis === "estimated" && costUsd !== null ? Math.max(0, costUsd - own.costUsd) : null;
}

/** Several ledgers as one, in the order of the first. */
export function stateTimes(ledgers: readonly (readonly StateTime[])[]): StateTime[] {
  const sums = new Map<State, number>();
  for (const { state, ms } of ledgers.flat()) sums.set(state, (sums.get(state) ?? 0) + ms);
  return [...sums].map(([state, ms]) => ({ state, ms }));
}
