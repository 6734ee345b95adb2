import type { Milliseconds, Share, Usd } from "../model/units.js";
import { formatCompact, formatCount, formatDuration, formatShare, formatUsd, UNKNOWN } from "./format.js";

/** A difference as text: with its sign, which a figure without one lacks; 0 as `no change`. */
export function formatSigned(difference: number | null, format: (figure: number) => string): string {
  if (difference === null) return UNKNOWN;
  if (difference === 0) return "no change";
  return `${difference > 0 ? "+" : MINUS}${format(Math.abs(difference))}`;
}

/** As wide as a plus, unlike the hyphen. */
const MINUS = "\u2212";

/** `+54 %`: a difference in parts of what it was before; empty where that is not known, or was nothing. */
export function formatChange(a: number | null, difference: number | null): string {
  if (a === null || a === 0 || difference === null || difference === 0) return "";
  const share: Share = difference / a;
  // Beyond this nobody reads percents.
  if (share >= 9.995) return `×\u00a0${formatCount(share + 1)}`;
  return formatSigned(share, changeText);
}

/** What is not all of it does not become that by rounding. */
function changeText(share: Share): string {
  const isNearlyAll = share >= 0.995 && share < 1;
  return isNearlyAll ? `${Math.min(share * 100, 99.9).toFixed(1)}\u00a0%` : formatShare(share);
}

/** What figures are in. */
export type Unit = "ms" | "tokens" | "usd" | "count";

/** A difference in its unit. Of dollars that would round to nothing the first digit that counts. */
export function formatDifference(difference: number | null, unit: Unit): string {
  return formatSigned(difference, (size) => {
    const isTiny = unit === "usd" && size < 0.00005;
    return isTiny ? `$${size.toFixed(Math.ceil(-Math.log10(size)))}` : formatFigure(size, unit);
  });
}

/** A figure as it stands in a table. */
export function formatFigure(figure: number | null, unit: Unit): string {
  return FORMATS[unit](figure);
}

/** The same where there is less room: token counts in thousands. */
export function formatShort(figure: number | null, unit: Unit): string {
  return unit === "tokens" ? formatCompact(figure) : FORMATS[unit](figure);
}

const FORMATS: Readonly<Record<Unit, (figure: number | null) => string>> = {
  ms: (ms: Milliseconds | null) => formatDuration(ms),
  tokens: formatCount,
  usd: (usd: Usd | null) => formatUsd(usd),
  count: medianCount,
};

/** The median of an even number of counts may lie between two. */
function medianCount(count: number | null): string {
  return count === null || Number.isInteger(count) ? formatCount(count) : count.toFixed(1);
}
