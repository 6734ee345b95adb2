import { group } from "d3";
import type { ReconciliationRow } from "../model/report.js";
import type { CountedPlace, Session } from "../model/session.js";
import { roundedUsd } from "./round.js";
import { totalUsage } from "./tokens.js";

const PLACES = ["steps", "messages", "session"] as const;
/** Sums of decimal fractions differ in their last digits. */
const USD_EPSILON = 1e-7;

/**
 * The tokens and the cost of the session and its subagents as each place in the data has them. A place that does not
 * tell of all of them has no row: its sum would be of something else.
 */
export function reconciliation(session: Session): ReconciliationRow[] {
  const counted = new Set(
    session.counted.filter(({ place }) => place === "messages").map(({ sessionId }) => sessionId),
  );
  const byPlace = group(
    session.counted.filter(({ sessionId }) => counted.has(sessionId)),
    ({ place }) => place,
  );
  const rows = PLACES.flatMap((place) => {
    const all = byPlace.get(place) ?? [];
    return all.length < counted.size || counted.size === 0 ? [] : [{ place, ...summed(all) }];
  });
  const messages = rows.find(({ place }) => place === "messages");
  return rows.map((row) => ({ ...row, difference: messages ? differenceOf(row, messages, session) : "" }));
}

type Sums = Omit<ReconciliationRow, "difference">;

function summed(all: readonly CountedPlace[]): Omit<Sums, "place"> {
  const costs = all.flatMap(({ costUsd }) => costUsd ?? []);
  const costUsd = costs.length === 0 ? null : roundedUsd(costs.reduce((sum, cost) => sum + cost, 0));
  return { tokens: totalUsage(all), costUsd };
}

function differenceOf(row: Sums, messages: Sums, session: Session): string {
  const tokens = row.tokens.total - messages.tokens.total;
  const usd = (row.costUsd ?? 0) - (messages.costUsd ?? 0);
  if (row.place === "messages" || (tokens === 0 && Math.abs(usd) < USD_EPSILON)) return "";
  if (tokens === 0) return "The costs differ only.";
  const reasons = row.place === "steps" ? stepReasons(tokens) : rowReasons(tokens, session);
  return reasons.join(" ");
}

/** A message keeps the tokens of its last step and the cost of all. */
function stepReasons(tokens: number): string[] {
  return tokens > 0
    ? ["A message that had several steps keeps the tokens of the last one only."]
    : ["Some messages have tokens, but no end of a step: the end was lost, or the release wrote none."];
}

function rowReasons(tokens: number, { messages }: Session): string[] {
  const hasInside = messages.some(({ reasoningWasInside }) => reasoningWasInside);
  const reasons = [
    tokens > 0 && hasInside ? "The release counted reasoning inside output and once more." : "",
    tokens > 0 && !hasInside
      ? "The session also counts calls that stand in no message: the one that finds a title, compactions, and what was taken back."
      : "",
    tokens < 0 && -tokens <= totalUsage(messages.filter(({ isCopied }) => isCopied)).total
      ? "The messages that a fork copied were counted in the session that they come from."
      : "",
    tokens < 0 && -tokens <= totalUsage(messages.filter(({ isReverted }) => isReverted)).total
      ? "What the user has taken back is no longer counted there."
      : "",
  ].filter(Boolean);
  return reasons.length > 0 ? reasons : ["Nothing in the data says why."];
}
