import type { CollectedSession, CollectionTotals, StateTime } from "../../model/collection.js";
import type { State, Summary } from "../../model/report.js";
import type { StatsTotals } from "../../model/stats.js";
import { roundedUsd } from "../round.js";
import { sumOfKnown } from "../sum-of-known.js";

/** `counted`: the totals of `stats` for the same sessions, without copies. */
export function collectionTotals(sessions: readonly CollectedSession[], counted: StatsTotals): CollectionTotals {
  const originals = sessions.filter(({ isCopy }) => !isCopy);
  const total = (field: keyof Pick<Summary, SummedField>) =>
    originals.reduce((sum, { summary }) => sum + summary[field], 0);
  return {
    sessions: sessions.length,
    copies: sessions.length - originals.length,
    copiedMessages: originals.reduce((sum, { copiedMessages }) => sum + copiedMessages, 0),
    counted: {
      sessions: counted.sessions,
      messages: counted.messages,
      tokens: counted.tokens,
      costUsd: counted.costUsd,
    },
    estimatedUsd: roundedUsd(sumOfKnown(originals.map(estimateIn))),
    wallMs: total("wallMs"),
    activeMs: total("activeMs"),
    ledger: stateTimes(originals.map(({ ledger }) => ledger)),
    turns: total("turns"),
    modelCalls: total("modelCalls"),
    toolCalls: total("toolCalls"),
    toolErrors: total("toolErrors"),
  };
}

type SummedField = "wallMs" | "activeMs" | "turns" | "modelCalls" | "toolCalls" | "toolErrors";

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
