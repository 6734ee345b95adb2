import type { IntentRow, Report } from "../../model/report.js";
import { formatCount, formatShare, plural, UNKNOWN } from "../../report/format.js";
import { type ConfidenceBin, type IntentFigures, intentFigures } from "../../report/intent-figures.js";
import { swatch } from "../bar-svg.js";
import { CONFIDENCE_PAINTS, confidenceSvg } from "../confidence-svg.js";
import { confusionTable } from "./confusion.js";
import {
  type Column,
  countColumn,
  type DataTable,
  dataTable,
  durationColumn,
  knownColumn,
  saidColumns,
} from "./data-table.js";
import { type PanelTable, type PanelView, panelView } from "./panel.js";
import type { SpanLinks } from "./span-links.js";
import { cutTable } from "./table.js";
import type { Tile } from "./tiles.js";

/** The panel of classified intents: how many were right and how sure they were; null where there is none. */
export function intentsPanel(report: Report, links: SpanLinks, limit: number): PanelView | null {
  const { intents } = report;
  if (intents.length === 0) return null;
  const figures = intentFigures(intents);
  const confusion = confusionTable(intents);
  const tables: PanelTable[] = [
    ...(figures.bins.length > 0 ? [{ heading: "Confidence and accuracy", table: binsTable(figures.bins) }] : []),
    ...(confusion ? [{ heading: "What was said against what was right", table: confusion.table }] : []),
    { heading: "One by one", table: intentsTable(report, links, limit), isMore: true },
  ];
  return panelView({
    ...{ id: "intents", heading: "Intents", hint: "what the agent took prompts for, as telemetry files tell it" },
    ...{ tiles: intentTiles(figures), picture: histogram(figures), tables },
    foot: [
      "Accuracy is of those of which somebody has said what was right. Calibration error: how far confidence and accuracy are apart, as the mean over all that are labelled, ten steps of confidence each by itself.",
      confusion?.remark ?? "",
    ],
  });
}

function intentTiles({ count, labelled, confident, mayEscalate, ...figures }: IntentFigures): Tile[] {
  const of = (some: number, noun: string) => (some === 0 ? "not recorded" : `of ${formatCount(some)} ${noun}`);
  const { accuracy, meanConfidence, escalationRate, calibrationError } = figures;
  return [
    { label: "Classified", value: formatCount(count), detail: `${formatCount(labelled)} labelled` },
    { label: "Accuracy", value: formatShare(accuracy), detail: of(labelled, "labelled") },
    { label: "Mean confidence", value: formatShare(meanConfidence), detail: of(confident, "that say it") },
    { label: "Handed on", value: formatShare(escalationRate), detail: of(mayEscalate, "that say it") },
    {
      ...{ label: "Calibration error", value: formatShare(calibrationError) },
      detail: calibrationError === null ? "not known" : "confidence against accuracy",
    },
  ];
}

function histogram({ bins }: IntentFigures): PanelView["picture"] {
  if (bins.length === 0) return null;
  const legend = CONFIDENCE_PAINTS.filter(({ of }) => bins.some((bin) => bin[of] > 0));
  return {
    ...{ svg: confidenceSvg(bins), label: "Histogram of confidence" },
    legend: legend.map(({ paint, label }) => ({ swatch: swatch(paint), label })),
  };
}

/** Empty bins say nothing. */
function binsTable(bins: readonly ConfidenceBin[]): DataTable {
  const rows = bins.filter(({ count }) => count > 0);
  const columns: Column<ConfidenceBin>[] = [
    { label: "Confidence", className: "", cell: (bin) => ({ text: binText(bin), value: String(bin.from) }) },
    countColumn("Classified", ({ count }) => count),
    countColumn("Right", ({ right }) => right),
    countColumn("Wrong", ({ wrong }) => wrong),
    countColumn("Not labelled", ({ unknown }) => unknown),
    shareColumn("Mean confidence", ({ meanConfidence }) => meanConfidence),
    shareColumn("Accuracy", ({ accuracy }) => accuracy),
    { label: "Apart", className: "n", cell: (bin) => ({ text: gapText(bin) }) },
  ];
  const words = { name: "calibration", label: "Confidence and accuracy", total: null, rest: () => "" };
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, () => 0, Number.POSITIVE_INFINITY),
  );
}

function binText({ from, to }: ConfidenceBin): string {
  return `${Math.round(from * 100)} to ${Math.round(to * 100)}\u00a0%`;
}

/** In percentage points; too sure has a plus. */
function gapText({ meanConfidence, accuracy }: ConfidenceBin): string {
  if (meanConfidence === null || accuracy === null) return UNKNOWN;
  const points = Math.round((meanConfidence - accuracy) * 100);
  return points === 0 ? "0" : points > 0 ? `+${points}` : `−${-points}`;
}

function intentsTable({ intents: rows, session }: Report, links: SpanLinks, limit: number): DataTable {
  const since = (at: number | null) => (at === null ? null : Math.max(0, at - session.startedAt));
  const columns: Column<IntentRow>[] = [
    { label: "Said", className: "name", cell: ({ label, spanId }) => ({ text: label, link: links(spanId) }) },
    { label: "Right would be", className: "words", cell: ({ correctLabel }) => ({ text: correctLabel ?? UNKNOWN }) },
    { label: "Right", className: "", cell: (row) => ({ text: rightText(row) }) },
    shareColumn("Confidence", ({ confidence }) => confidence),
    { label: "Handed on", className: "", cell: ({ escalated }) => ({ text: yesNo(escalated) }) },
    { ...durationColumn("At", ({ at }) => since(at)), sum: () => "" },
  ];
  const words = {
    ...{ name: "intents", label: "Intents one by one", total: null },
    rest: (count: number) => plural(count, "further intent"),
  };
  return dataTable(
    words,
    saidColumns(columns, rows),
    rows,
    cutTable(rows, () => 0, limit),
  );
}

function rightText({ label, correctLabel }: IntentRow): string {
  return yesNo(correctLabel === null ? null : label === correctLabel);
}

function yesNo(is: boolean | null): string {
  return is === null ? UNKNOWN : is ? "yes" : "no";
}

/** Shares of several rows are no sum. */
function shareColumn<Row>(label: string, of: (row: Row) => number | null): Column<Row> {
  return { ...knownColumn(label, of, formatShare), sum: () => "" };
}
