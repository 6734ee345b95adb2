import { PAINTS, type Paint, statePaint } from "../../../flame/palette.js";
import type { CollectionDay } from "../../../model/collection.js";
import { formatCompact, formatCount, formatDuration, formatShare, formatUsd } from "../../../report/format.js";
import { swatch } from "../../bar-svg.js";
import { trendSvg } from "../../trend-svg.js";
import { type Column, countColumn, type DataTable, dataTable, durationColumn } from "../data-table.js";
import { STATE_LABELS } from "../labels.js";
import { cutTable } from "../table.js";
import { hitRate } from "../usage-columns.js";
import { activeStates, dayText, stateMs } from "./words.js";

const DAY_MS = 86_400_000;

/** One picture: what it is of, the largest value, and when it begins and ends. */
interface Trend {
  readonly title: string;
  readonly most: string;
  readonly svg: string;
}

/** Strings for what changed from day to day: four pictures, and the same as a table. null for a single day. */
export function trendsView(days: readonly CollectionDay[], limit: number) {
  if (days.length < 2) return null;
  const states = new Set(days.flatMap(({ ledger }) => activeStates(ledger).map(({ state }) => state)));
  return {
    from: dayText((days[0] as CollectionDay).startsAt),
    until: dayText((days.at(-1) as CollectionDay).startsAt),
    trends: TRENDS.map((trend) => trendView(trend, days)),
    legend: [...states].map((state) => ({ swatch: swatch(statePaint(state)), label: STATE_LABELS[state] })),
    table: dayTable(days, limit),
  };
}

interface TrendKind {
  readonly title: string;
  readonly size: (day: CollectionDay) => number;
  readonly parts?: (day: CollectionDay) => readonly (readonly [size: number, paint: Paint])[];
  readonly format: (size: number) => string;
  /** Of what the whole height is, where that is not the largest value. */
  readonly whole?: number;
}

const TRENDS: readonly TrendKind[] = [
  {
    title: "Active time",
    size: activeMs,
    parts: ({ ledger }) => activeStates(ledger).map(({ state, ms }) => [ms, statePaint(state)]),
    format: formatDuration,
  },
  { title: "Cost", size: ({ costUsd }) => costUsd ?? 0, format: formatUsd },
  { title: "Tokens", size: tokensOf, format: formatCompact },
  { title: "Cache hits", size: ({ tokens }) => hitRate(tokens) ?? 0, format: formatShare, whole: 1 },
];

/** A bar for each day, in its place in time: days without a session are gaps. */
function trendView({ title, size, parts, format, whole }: TrendKind, days: readonly CollectionDay[]): Trend {
  const most = whole ?? days.reduce((largest, day) => Math.max(largest, size(day)), 0);
  const from = (days[0] as CollectionDay).startsAt;
  const count = ((days.at(-1) as CollectionDay).startsAt - from) / DAY_MS + 1;
  const bars = days.map((day) => ({
    x: (day.startsAt - from) / DAY_MS / count,
    width: 1 / count,
    parts: (parts?.(day) ?? [[size(day), PAINTS.turn] as const])
      .filter(([part]) => part > 0)
      .map(([part, paint]) => [part / most, paint] as const),
    title: `${dayText(day.startsAt)}: ${format(size(day))}`,
  }));
  const label = `${title} by day, at most ${format(most)}. The table below has the same figures.`;
  return { title, most: format(most), svg: trendSvg(bars, label) };
}

const COLUMNS: readonly Column<CollectionDay>[] = [
  { label: "Day", className: "n", cell: ({ startsAt }) => ({ text: dayText(startsAt), value: String(startsAt) }) },
  countColumn("Sessions", ({ sessions }) => sessions),
  durationColumn("Active", activeMs),
  durationColumn("AI thinking", (day) => stateMs(day, "generating")),
  durationColumn("Tools", (day) => stateMs(day, "running-tools")),
  durationColumn("Waiting for the model", (day) => stateMs(day, "waiting-for-model")),
  durationColumn("Retries", (day) => stateMs(day, "retrying")),
  countColumn("Tokens", tokensOf),
  {
    ...{ label: "Cost", className: "n", unit: "USD" },
    cell: ({ costUsd }) => ({ text: formatUsd(costUsd), value: costUsd === null ? null : String(costUsd) }),
  },
  { label: "Cache hits", className: "n", cell: ({ tokens }) => ({ text: formatShare(hitRate(tokens)) }) },
];

function dayTable(days: readonly CollectionDay[], limit: number): DataTable {
  const words = {
    name: "days",
    label: "By day",
    rest: (count: number) => `${formatCount(count)} other days`,
    total: null,
  };
  const latest = [...days].reverse();
  return dataTable(words, COLUMNS, latest, cutTable(latest, activeMs, limit));
}

function activeMs({ ledger }: CollectionDay): number {
  return activeStates(ledger).reduce((sum, { ms }) => sum + ms, 0);
}

function tokensOf({ tokens }: CollectionDay): number {
  return tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite + tokens.output + tokens.reasoning;
}
