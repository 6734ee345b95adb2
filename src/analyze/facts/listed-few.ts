import type { Milliseconds } from "../../model/units.js";
import { formatDuration, listed } from "../../report/format.js";

const MOST = 6;

/** `a, b and c`; of many the first ones and how many more there are. One more alone is said, too. */
export function listedFew(parts: readonly string[], most = MOST): string {
  return parts.length <= most + 1 ? listed(parts) : listed([...parts.slice(0, most), `${parts.length - most} more`]);
}

/** The same of parts that have commas of their own: `a; b; and 3 more`. */
export function listedApart(parts: readonly string[], most: number): string {
  const more = parts.length > most ? [`and ${parts.length - most} more`] : [];
  return [...parts.slice(0, most), ...more].join("; ");
}

/** `1.1 s, 1.0 s and 1.0 s`; of many the first ones, and what all are together. */
export function listedTimes(times: readonly Milliseconds[]): string {
  const all = times.reduce((sum, ms) => sum + ms, 0);
  const together = times.length > MOST + 1 ? `, together ${formatDuration(all)}` : "";
  return `${listedFew(times.map(formatDuration))}${together}`;
}
