import { statePaint } from "../../flame/palette.js";
import type { LedgerRow, Report } from "../../model/report.js";
import { foldedWords } from "../../report/folded-words.js";
import { formatDuration, plural } from "../../report/format.js";
import { segmentedBar, swatch } from "../bar-svg.js";
import type { FlamePicture } from "../flame-svg.js";
import { answer } from "./answer.js";
import { PAINT_LABELS, STATE_LABELS } from "./labels.js";
import { type Percents, statePercents } from "./percents.js";
import { panelRemarks } from "./remarks.js";
import { slowRow } from "./slowest.js";
import type { SpanLinks } from "./span-links.js";
import { topSuggestions } from "./suggestions.js";
import { tiles } from "./tiles.js";

/** `trueScale`: without folds, where the other has some. */
export interface FlamePictures {
  readonly flame: FlamePicture;
  readonly trueScale: FlamePicture | null;
}

/** Strings for the template of the Overview. */
export function overviewView(report: Report, { flame, trueScale }: FlamePictures, links: SpanLinks) {
  const percents = statePercents(report);
  return {
    answer: answer(report, percents),
    tiles: tiles(report, percents),
    ledger: ledgerView(report, percents),
    hasTime: report.summary.wallMs > 0,
    hasWork: report.summary.activeMs > 0,
    flame: {
      svg: flame.svg,
      hint: flameHint(flame, report),
      legend: flameLegend(flame.paints),
      trueScale: trueScale?.svg ?? null,
    },
    slowest: report.slowest.map((operation) => slowRow(operation, report, links)),
    suggestions: topSuggestions(report),
    remarks: { ledger: panelRemarks(report, "ledger"), slowest: panelRemarks(report, "slowest") },
  };
}

/** The active time, from left to right. */
export function ledgerBar({ time }: Report, percents: Percents): string {
  const active = time.ledger.filter(({ share, ms }) => share !== null && ms > 0);
  const segments = active.map(({ state, share, ms }) => {
    const text = percents[state];
    return {
      paint: statePaint(state),
      share: share ?? 0,
      text,
      title: `${STATE_LABELS[state]} · ${formatDuration(ms)} · ${text}`,
    };
  });
  return segmentedBar(segments, `Where the active time went: ${segments.map(({ title }) => title).join("; ")}`);
}

function ledgerView(report: Report, percents: Percents) {
  const { time, summary } = report;
  const active = time.ledger.filter(({ share, ms }) => share !== null && ms > 0);
  const idle = time.ledger.filter(({ share, ms }) => share === null && ms > 0);
  const entry = ({ state, ms }: LedgerRow, percent: string) => {
    return { swatch: swatch(statePaint(state)), label: STATE_LABELS[state], value: formatDuration(ms), percent };
  };
  return {
    hint: `${formatDuration(summary.activeMs)} of active time, every millisecond in one state`,
    svg: ledgerBar(report, percents),
    legend: [...active.map((row) => entry(row, percents[row.state])), ...idle.map((row) => entry(row, ""))],
  };
}

/** What is to be known of the chart before it is read. */
export function flameHint({ foldedMs, hasMarks, hiddenSpans }: FlamePicture, { spans }: Report): string {
  return [
    "time runs left to right; bars that overlap have lanes of their own",
    foldedMs > 0 ? `${formatDuration(foldedMs)} of idle time folded` : "",
    hasMarks ? "spans under a pixel are joined to marks" : "",
    foldedWords(spans),
    hiddenSpans > 0 ? `${plural(hiddenSpans, "span")} nested too deep to be drawn` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

function flameLegend(paints: FlamePicture["paints"]) {
  return paintLabels(paints).map(({ paint, label }) => ({ swatch: swatch(paint), label }));
}

/** The colours of a chart and what they mean, in the order in which they are listed. */
export function paintLabels(paints: FlamePicture["paints"]) {
  return Object.entries(PAINT_LABELS).flatMap(([className, label]) => {
    const paint = paints.find((used) => used.className === className);
    return paint ? [{ paint, label }] : [];
  });
}
