import type { CollectionTotals, StateTime } from "../../../model/collection.js";
import type { State } from "../../../model/report.js";
import { formatCompact, formatCount, formatDuration, formatShare, plural } from "../../../report/format.js";
import type { Tile } from "../tiles.js";
import { hitRate } from "../usage-columns.js";
import { totalCost } from "./words.js";

/** The figures at the head of a page of several sessions. */
export function collectionTiles(totals: CollectionTotals): Tile[] {
  const { counted, activeMs, wallMs, ledger } = totals;
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = counted.tokens;
  const input = uncachedInput + cacheRead + cacheWrite;
  return [
    { label: "Sessions", value: formatCount(totals.sessions - totals.copies), detail: copiesWords(totals) },
    { label: "Active time", value: formatDuration(activeMs), detail: `of ${formatDuration(wallMs)}` },
    stateTile("AI thinking", ["generating"], totals),
    stateTile("Tool execution", ["running-tools"], totals),
    stateTile("Network", ["waiting-for-model", "retrying"], totals, retriesIn(ledger)),
    { label: "Cost", value: totalCost(totals), detail: totals.estimatedUsd === null ? "recorded" : "≈ by list prices" },
    { label: "Tokens", value: formatCompact(input + output + reasoning), detail: `${formatCompact(output)} output` },
    { label: "Cache hits", value: formatShare(hitRate(counted.tokens)), detail: "of input tokens" },
    { label: "Messages", value: formatCount(counted.messages), detail: plural(totals.turns, "turn") },
    {
      label: "Tool calls",
      value: formatCount(totals.toolCalls),
      detail: totals.toolErrors > 0 ? `${formatCount(totals.toolErrors)} failed` : "",
    },
  ];
}

function copiesWords({ copies }: CollectionTotals): string {
  return copies === 0 ? "" : `and ${plural(copies, "copy", "copies")}`;
}

function stateTile(label: string, states: readonly State[], { ledger, activeMs }: CollectionTotals, more = ""): Tile {
  const ms = ledger.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row.ms, 0);
  const share = activeMs > 0 ? formatShare(ms / activeMs) : "";
  return { label, value: formatDuration(ms), detail: `${share}${more}` };
}

function retriesIn(ledger: readonly StateTime[]): string {
  const ms = ledger.find(({ state }) => state === "retrying")?.ms ?? 0;
  return ms > 0 ? `, ${formatDuration(ms)} retries` : "";
}
