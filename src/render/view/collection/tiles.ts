import type { CollectionTotals } from "../../../model/collection.js";
import type { State } from "../../../model/report.js";
import { formatCompact, formatCount, formatDuration, formatShare, plural } from "../../../report/format.js";
import type { Percents } from "../percents.js";
import { networkDetail, type Tile } from "../tiles.js";
import { hitRate } from "../usage-columns.js";
import { stateMs, totalCost, totalPercents } from "./words.js";

/** The figures at the head of a page of several sessions. */
export function collectionTiles(totals: CollectionTotals): Tile[] {
  const { counted, activeMs, wallMs } = totals;
  const percents = totalPercents(totals);
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = counted.tokens;
  const input = uncachedInput + cacheRead + cacheWrite;
  return [
    { label: "Sessions", value: formatCount(totals.sessions - totals.copies), detail: copiesWords(totals) },
    { label: "Active time", value: formatDuration(activeMs), detail: `of ${formatDuration(wallMs)}` },
    stateTile("AI thinking", "generating", totals, percents),
    stateTile("Tool execution", "running-tools", totals, percents),
    networkTile(totals, percents),
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

function stateTile(label: string, state: State, totals: CollectionTotals, percents: Percents): Tile {
  return { label, value: formatDuration(stateMs(totals, state)), detail: totals.activeMs > 0 ? percents[state] : "" };
}

function networkTile(totals: CollectionTotals, percents: Percents): Tile {
  const retryingMs = stateMs(totals, "retrying");
  const detail = totals.activeMs > 0 ? networkDetail(retryingMs, percents) : "";
  return { label: "Network", value: formatDuration(stateMs(totals, "waiting-for-model") + retryingMs), detail };
}
