import type { Milliseconds } from "../../model/units.js";
import { formatDuration, listed } from "../../report/format.js";

const MOST_LISTED = 6;

/** `1.1 s, 1.0 s and 1.0 s`; of many the first ones, and what all are together. */
export function listedTimes(times: readonly Milliseconds[]): string {
  const shown = times.slice(0, MOST_LISTED).map((ms) => formatDuration(ms));
  if (times.length <= MOST_LISTED) return listed(shown);
  const all = times.reduce((sum, ms) => sum + ms, 0);
  return `${shown.join(", ")} and ${times.length - MOST_LISTED} more, together ${formatDuration(all)}`;
}
