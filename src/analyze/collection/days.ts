import { group } from "d3";
import type { CollectedSession, CollectionDay } from "../../model/collection.js";
import type { EpochMs } from "../../model/units.js";
import { addedTokens } from "../added-counts.js";
import { roundedUsd } from "../round.js";
import { sumOfKnown } from "../sum-of-known.js";
import { stateTimes } from "./totals.js";

const DAY_MS = 86_400_000;

/** Each session counts on the day on which it began, UTC; copies and sessions without a message on none. */
export function collectionDays(sessions: readonly CollectedSession[]): CollectionDay[] {
  const counted = sessions.filter(({ isCopy, summary }) => !isCopy && summary.messages > 0);
  const byDay = group(counted, ({ session }) => dayOf(session.startedAt));
  return [...byDay].sort(([a], [b]) => a - b).map(([startsAt, own]) => day(startsAt, own));
}

function day(startsAt: EpochMs, sessions: readonly CollectedSession[]): CollectionDay {
  return {
    startsAt,
    sessions: sessions.length,
    ledger: stateTimes(sessions.map(({ ledger }) => ledger)),
    tokens: addedTokens(sessions.map(({ own }) => own.tokens)),
    costUsd: roundedUsd(sumOfKnown(sessions.map(({ costUsd }) => costUsd))),
  };
}

function dayOf(at: EpochMs): EpochMs {
  return Math.floor(at / DAY_MS) * DAY_MS;
}
