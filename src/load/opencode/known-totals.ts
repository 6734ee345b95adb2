import type { EpochMs } from "../../model/units.js";
import type { SessionTotals } from "../source.js";
import { count, time, usd } from "./json-1.js";
import { parseData } from "./parse-data.js";

/** The totals as far as they can be: the columns of a table may hold any number. */
export function knownTotals(row: SessionTotals): SessionTotals {
  const [startedAt, endedAt] = [parseData(time, row.startedAt), parseData(time, row.endedAt)];
  const tokens = parseData(count, row.tokens);
  return {
    ...row,
    createdAt: knownTime(row.createdAt),
    updatedAt: knownTime(row.updatedAt),
    startedAt,
    endedAt: startedAt !== null && endedAt !== null && endedAt < startedAt ? null : endedAt,
    tokens: tokens === null ? null : Math.round(tokens),
    costUsd: parseData(usd, row.costUsd),
  };
}

/** When a session was made or changed; 0 for what is no time. */
export function knownTime(recorded: unknown): EpochMs {
  return parseData(time, recorded) ?? 0;
}
