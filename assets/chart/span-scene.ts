import { barLabel, fileLabel, flameChart, type SpanBox } from "../../src/flame/flame-chart.js";
import type { Bar } from "../../src/flame/frame.js";
import { spanPaint } from "../../src/flame/palette.js";
import { spanFrames } from "../../src/flame/span-frames.js";
import { spanLabels } from "../../src/flame/span-labels.js";
import { ticks } from "../../src/flame/ticks.js";
import type { Folding } from "../../src/flame/time-scale.js";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { formatCount, formatDuration } from "../../src/report/format.js";
import { hoverText } from "../../src/report/hover-text.js";
import { spanFacts } from "../../src/report/span-facts.js";
import { cardsAbout } from "../../src/report/suggestion-cards.js";
import type { PageState } from "../page/page-state.js";
import type { Scene, Way } from "./scene.js";

const SHORTEST_VIEW_MS = 2;
const SLOW_SPANS = 20;

/** The flame chart as a scene: its things are the spans, its unit is the millisecond. */
export function spanScene(report: Report, widthPx: number, folding: Folding): Scene {
  const { spans, summary } = report;
  const boxes = flameChart(spans, widthPx, folding);
  const { scale } = boxes;
  const labels = spanLabels(report);
  const lit = new Set(report.time.criticalPath.map(({ spanId }) => spanId));
  const facts = spanFacts(report);
  const rows = new Map(report.tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  const span = (id: number) => spans[id] as ReportSpan;
  const label = (id: number) => labels[id] ?? "";
  // Not needed before something is selected.
  let frames: ReturnType<typeof spanFrames> | null = null;
  const nameOf = (id: number) => {
    frames ??= spanFrames(report, "name");
    return frames[id]?.name ?? "";
  };
  return {
    boxes,
    title: "Flame chart",
    root: 0,
    parents: spans.map(({ parent }) => parent),
    folds: scale.folds,
    paint: (id) => spanPaint(span(id)),
    label: (bar, glyph) => {
      const { id } = bar.box;
      return barLabel(bar as Bar<SpanBox>, span(id), boxes.hasFileRow[id] ? span(id).name : label(id), glyph);
    },
    foot: ({ box, width }, glyph) => (boxes.hasFileRow[box.id] ? fileLabel(span(box.id), width, glyph) : ""),
    name: (id) => (span(id).kind === "model" ? `Response #${rows.get(span(id).messageId ?? "")}` : label(id)),
    words: (box) => hoverText(span(box.id), label(box.id), box as SpanBox, report),
    facts: (id) => facts(id),
    ways: (id) => [...ways(span(id), rows, nameOf(id)), ...suggestionWays(report, id)],
    columns: COLUMNS,
    row: (id) => tableRow(span(id), label(id)),
    text: (id) => {
      const { args = "", model = "", error = "", files = [] } = span(id);
      return [label(id), args, model, error, ...files.map(({ path }) => path)].join("\n");
    },
    // All of the span: a call with waits in it is drawn as several boxes, but found as one.
    stretch: ({ id }) => [span(id).startMs, span(id).endMs],
    whole: summary.wallMs,
    slow: () => slowest(spans),
    isLit: (id) => lit.has(id),
    view: (zoom) => ({ from: zoom ? scale.x(zoom[0]) : 0, to: zoom ? scale.x(zoom[1]) : widthPx }),
    zoom: ({ from, to }) => [Math.max(0, scale.ms(from)), Math.min(summary.wallMs, scale.ms(to))],
    narrowest: SHORTEST_VIEW_MS / Math.max(SHORTEST_VIEW_MS, summary.wallMs),
    ticks: (view, width) => ticks(scale, view, width),
    shows: ({ from, to }) => `${formatDuration(scale.ms(from))} to ${formatDuration(scale.ms(to))}`,
  };
}

const COLUMNS = ["What", "From", "Time", "Own time", "Times are", "Status", "Tokens"];

function tableRow({ startMs, endMs, selfMs, basis, status, tokens }: ReportSpan, label: string): string[] {
  const counts = tokens ? Object.values(tokens) : [];
  return [
    ...[label, formatDuration(startMs), formatDuration(endMs - startMs), formatDuration(selfMs), basis, status],
    counts.length === 0 ? "" : formatCount(counts.reduce((sum, count) => sum + count, 0)),
  ];
}

/** `name`: what calls of its kind are merged under. */
function ways({ messageId = "", kind }: ReportSpan, rows: ReadonlyMap<string, number>, name: string): Way[] {
  const row = rows.get(messageId);
  const isCall = kind === "tool" || kind === "model";
  return [
    ...(row === undefined ? [] : [{ label: `Message #${row}`, to: `m${row}` }]),
    ...(isCall ? [{ label: "Callers and callees", to: sandwichOf(name) }] : []),
  ];
}

function suggestionWays(report: Report, id: number): Way[] {
  return cardsAbout(report, id).map((card) => ({ label: `Suggestion: ${card.suggestion.title}`, to: card.id }));
}

function sandwichOf(name: string): Partial<PageState> {
  return { picture: "sandwich", by: "name", weight: "time", name, zoom: null, node: null };
}

/** Calls that have nothing below them; a call with a subagent in it is as long as that. */
function slowest(spans: readonly ReportSpan[]): number[] {
  const isParent = new Set(spans.flatMap(({ kind, parent }) => (kind === "wait" ? [] : [parent])));
  const isLeaf = ({ kind }: ReportSpan, id: number) => (kind === "model" || kind === "tool") && !isParent.has(id);
  const lengthMs = (id: number) => (spans[id] as ReportSpan).endMs - (spans[id] as ReportSpan).startMs;
  const leaves = spans.flatMap((span, id) => (isLeaf(span, id) ? [id] : []));
  return leaves.sort((a, b) => lengthMs(b) - lengthMs(a) || a - b).slice(0, SLOW_SPANS);
}
