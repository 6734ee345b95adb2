import { group } from "d3";
import type { CollectedSession, CollectionDay } from "../../model/collection.js";
import type { EpochMs, TokenUsage } from "../../model/units.js";
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
  const tokens = (field: keyof TokenUsage) => sessions.reduce((sum, { own }) => sum + own.tokens[field], 0);
  return {
    startsAt,
    sessions: sessions.length,
    ledger: stateTimes(sessions.map(({ ledger }) => ledger)),
    tokens: {
      uncachedInput: tokens("uncachedInput"),
      cacheRead: tokens("cacheRead"),
      cacheWrite: tokens("cacheWrite"),
      output: tokens("output"),
      reasoning: tokens("reasoning"),
    },
    costUsd: roundedUsd(sumOfKnown(sessions.map(({ costUsd }) => costUsd))),
  };
}

function dayOf(at: EpochMs): EpochMs {
  return Math.floor(at / DAY_MS) * DAY_MS;
}
