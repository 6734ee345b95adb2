import { statePaint } from "../../../flame/palette.js";
import type { ComparisonReport } from "../../../model/comparison.js";
import type { State } from "../../../model/report.js";
import type { Pixels } from "../../../model/units.js";
import { formatDuration } from "../../../report/format.js";
import { segmentedBar, swatch } from "../../bar-svg.js";
import { STATE_LABELS } from "../labels.js";

/** States that are no part of the active time. */
const IDLE: ReadonlySet<State> = new Set(["waiting-for-user", "unknown"]);

/** The side's name and its time, which stand beside its bar. */
const BESIDE_PX: Pixels = 107;

/** The active time of both sides as two bars of one scale, and what their colours are. */
export function ledgerBars({ ledger, summary }: Pick<ComparisonReport, "ledger" | "summary">) {
  const active = ledger.filter(({ state }) => !IDLE.has(state));
  const sums = (["a", "b"] as const).map((side) => active.reduce((sum, { ms }) => sum + (ms[side] ?? 0), 0));
  const longestMs = Math.max(...sums);
  const bar = (side: "a" | "b") => {
    const label = side.toUpperCase();
    const segments = active.flatMap(({ state, ms }) => segmentOf(state, ms[side] ?? 0, longestMs));
    const words = `Where the active time of ${label} went: ${segments.map(({ title }) => title).join("; ")}`;
    return { label, sum: formatDuration(summary.activeMs[side]), svg: segmentedBar(segments, words, BESIDE_PX) };
  };
  const shown = active.filter(({ ms }) => (ms.a ?? 0) + (ms.b ?? 0) > 0);
  return {
    bars: longestMs === 0 ? [] : [bar("a"), bar("b")],
    legend: shown.map(({ state }) => ({ swatch: swatch(statePaint(state)), label: STATE_LABELS[state] })),
  };
}

function segmentOf(state: State, ms: number, longestMs: number) {
  const text = formatDuration(ms);
  const segment = { paint: statePaint(state), share: ms / longestMs, text, title: `${STATE_LABELS[state]} · ${text}` };
  return ms === 0 ? [] : [segment];
}
