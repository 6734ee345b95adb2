import type { ComparedSummary, ComparisonReport, Difference } from "../../../model/comparison.js";
import { UNKNOWN } from "../../../report/format.js";
import { formatChange, formatShort, type Unit } from "../../../report/signed.js";

/** A figure at the head of the page: as it was, as it is, and by how much that is more or less. */
export interface ComparedTile {
  readonly label: string;
  readonly a: string;
  readonly b: string;
  /** `▲ 8.2 s more (+55 %)`. */
  readonly change: string;
}

const TILES: readonly (readonly [label: string, field: keyof ComparedSummary, unit: Unit])[] = [
  ["Total time", "wallMs", "ms"],
  ["Active time", "activeMs", "ms"],
  ["Total tokens", "totalTokens", "tokens"],
  ["Cost", "costUsd", "usd"],
  ["Tool calls", "toolCalls", "count"],
  ["Failed tool calls", "toolErrors", "count"],
];

export function comparedTiles({ summary }: Pick<ComparisonReport, "summary">): ComparedTile[] {
  return TILES.map(([label, field, unit]) => {
    const { a, b } = summary[field];
    return { label, a: formatShort(a, unit), b: formatShort(b, unit), change: changeWords(summary[field], unit) };
  });
}

function changeWords({ a, difference }: Difference, unit: Unit): string {
  if (difference === null) return `${UNKNOWN} not known`;
  if (difference === 0) return "= no change";
  const share = formatChange(a, difference);
  const words = difference > 0 ? ["▲", "more"] : ["▼", unit === "count" || unit === "tokens" ? "fewer" : "less"];
  return `${words[0]} ${formatShort(Math.abs(difference), unit)} ${words[1]}${share === "" ? "" : ` (${share})`}`;
}
