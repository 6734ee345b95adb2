import { estimatedGlyphs } from "../flame/fit-label.js";
import {
  barLabel,
  type FlameChart,
  fileLabel,
  flameChart,
  LABEL_FONT_PX,
  LABEL_PADDING_PX,
  type SpanBox,
} from "../flame/flame-chart.js";
import { type Bar, type Frame, frame, type Mark, widthWithGap } from "../flame/frame.js";
import { type Paint, spanPaint } from "../flame/palette.js";
import { spanLabels } from "../flame/span-labels.js";
import { tickLabels } from "../flame/tick-labels.js";
import { ticks } from "../flame/ticks.js";
import type { Folding } from "../flame/time-scale.js";
import type { Report, ReportSpan } from "../model/report.js";
import type { Pixels } from "../model/units.js";
import { formatDuration, plural } from "../report/format.js";
import { hoverText } from "../report/hover-text.js";
import { displayTitle, shortened } from "../report/visible.js";
import { escapeMarkup } from "./escape.js";
import { px } from "./painted-rect.js";
import { FOLD_ID } from "./pattern-svg.js";
import { type Shape, shapesSvg } from "./shapes-svg.js";

/** The width that the chart is laid out for: that of the page's column. On a narrower page it scrolls. */
export const WIDTH_PX = 1200;
const ROW_PX = 22;
const AXIS_PX = 20;
const NARROWEST_HATCH_PX = 8;
/** Corners of wider bars are rounded. */
const WIDEST_SQUARE_PX = 6;
/** What is narrower is hard to point at: its words would only make the page larger. */
const NARROWEST_TITLE_PX = 3;
/** Of what a bar says when it is pointed at. */
const MOST_TITLE_CHARS = 500;
const FONT = `font-family="system-ui,sans-serif" font-size="${LABEL_FONT_PX}"`;
const GLYPHS = estimatedGlyphs(LABEL_FONT_PX);

export interface FlamePicture {
  readonly svg: string;
  readonly heightPx: Pixels;
  readonly paints: readonly Paint[];
  readonly foldedMs: number;
  readonly hiddenSpans: number;
  readonly hasMarks: boolean;
  /** Spans whose bars are narrower than what is drawn. */
  readonly narrowSpans: number;
  /** The spans that have a bar or a mark of their own, which links can lead to: `#s12`. */
  readonly anchors: ReadonlySet<number>;
}

export interface FlameOptions {
  readonly folding?: Folding;
  /** Only the first picture of a page has anchors: an id must be the only one of its name. */
  readonly hasAnchors?: boolean;
  /** Whether bars say something when they are pointed at. */
  readonly hasTitles?: boolean;
  /** Narrower bars and marks are left out. */
  readonly narrowestPx?: Pixels;
  /** Tables stand beneath it. */
  readonly hasTables?: boolean;
}

/** What the parts of the picture need. */
interface Drawing {
  readonly report: Report;
  readonly labels: readonly string[];
  readonly chart: FlameChart;
  readonly bars: readonly Bar<SpanBox>[];
  readonly marks: readonly Mark<SpanBox>[];
  /** What carries the id of a span: links lead to it. */
  readonly ids: Anchors;
  readonly hasTitles: boolean;
}

/** The first bar of each span; of a mark, the longest span in it. */
type Anchors = ReadonlyMap<number, Bar<SpanBox> | Mark<SpanBox>>;

/**
 * The flame chart as SVG that needs neither script nor style sheet: every bar has its colour and, where there is room, its label and a `<title>`.
 */
export function flameSvg(
  report: Report,
  { folding = "auto", hasAnchors = true, hasTitles = true, narrowestPx = 0, hasTables = true }: FlameOptions = {},
): FlamePicture {
  const chart = flameChart(report.spans, WIDTH_PX, folding);
  const whole = frame(chart, { from: 0, to: WIDTH_PX }, WIDTH_PX);
  const bars = whole.bars.filter(({ width }) => width >= narrowestPx);
  const marks = whole.marks.filter(({ width }) => width >= narrowestPx);
  const anchors = anchorsOf(bars, marks);
  const ids: Anchors = hasAnchors ? anchors : new Map();
  const drawing = { report, labels: spanLabels(report), chart, bars, marks, ids, hasTitles };
  const heightPx = chart.rows.length * ROW_PX + AXIS_PX;
  const label = `Flame chart of ${displayTitle(report.session.title)}: ${plural(report.spans.length, "span")} in ${formatDuration(report.summary.wallMs)}.${hasTables ? " The tables below have the same figures." : ""}`;
  const shapes = shapesSvg([...barShapes(drawing), ...markShapes(drawing)]);
  const parts = [axis(chart), shapes, fileLabelsSvg(drawing), foldsSvg(chart)];
  return {
    svg: `<svg class="flame" ${FONT} viewBox="0 0 ${WIDTH_PX} ${heightPx}" width="${WIDTH_PX}" height="${heightPx}" role="img" aria-label="${escapeMarkup(label)}">${parts.join("")}</svg>`,
    heightPx,
    paints: [...new Set([...anchors.keys()].map((i) => spanPaint(report.spans[i] as ReportSpan)))],
    foldedMs: chart.scale.folds.reduce((sum, fold) => sum + fold.endMs - fold.startMs, 0),
    hiddenSpans: chart.hiddenSpans,
    hasMarks: marks.some(({ count }) => count > 1),
    narrowSpans: spanCount(whole) - spanCount({ bars, marks }),
    anchors: new Set(anchors.keys()),
  };
}

function spanCount({ bars, marks }: Frame<SpanBox>): number {
  return new Set(bars.map(({ box }) => box.id)).size + marks.reduce((sum, { count }) => sum + count, 0);
}

function anchorsOf(bars: readonly Bar<SpanBox>[], marks: readonly Mark<SpanBox>[]): Anchors {
  const anchors = new Map<number, Bar<SpanBox> | Mark<SpanBox>>();
  for (const bar of bars) if (!anchors.has(bar.box.id)) anchors.set(bar.box.id, bar);
  for (const mark of marks) if (!anchors.has(mark.longest.id)) anchors.set(mark.longest.id, mark);
  return anchors;
}

function axis({ scale, rows }: FlameChart): string {
  const bottom = rows.length * ROW_PX;
  const shown = ticks(scale, { from: 0, to: WIDTH_PX }, WIDTH_PX);
  const lines = shown.map(({ x }) => `M${px(x)} 0V${bottom + 4}`).join("");
  const labels = tickLabels(shown, WIDTH_PX, GLYPHS).map(({ text, x, isLeft }) => {
    const anchor = isLeft ? ' text-anchor="end"' : "";
    return `<text class="tick" x="${px(x)}" y="${bottom + 14}"${anchor} fill="#59636e">${text}</text>`;
  });
  return `<path class="grid" d="${lines}" stroke="#d8dee4"/>${labels.join("")}`;
}

function barShapes(drawing: Drawing): Shape[] {
  const { bars, report, labels, chart } = drawing;
  return bars.map((bar) => {
    const { box, x, width } = bar;
    const span = report.spans[box.id] as ReportSpan;
    const name = chart.hasFileRow[box.id] ? span.name : (labels[box.id] ?? "");
    return {
      ...{ paint: spanPaint(span), x, y: box.row * ROW_PX, width: widthWithGap(width) },
      isRound: width > WIDEST_SQUARE_PX,
      id: idOf(box.id, bar, drawing),
      title: shownTitle(drawing, width, () => hoverText(span, labels[box.id] ?? "", box, report)),
      label: barLabel(bar, span, name, GLYPHS),
    };
  });
}

function markShapes(drawing: Drawing): Shape[] {
  return drawing.marks.map((mark) => {
    const { row, x, width, count, size, longest } = mark;
    const span = drawing.report.spans[longest.id] as ReportSpan;
    const what = count === 1 ? spanLabelShort(span) : `${count} short spans, the longest ${spanLabelShort(span)}`;
    return {
      ...{ paint: spanPaint(span), x, y: row * ROW_PX, width },
      isRound: false,
      id: idOf(longest.id, mark, drawing),
      title: shownTitle(drawing, width, () => `${what} · ${formatDuration(size)}`),
      label: "",
    };
  });
}

function shownTitle({ hasTitles }: Drawing, width: Pixels, text: () => string): string {
  return !hasTitles || width < NARROWEST_TITLE_PX ? "" : shortened(text(), MOST_TITLE_CHARS);
}

function idOf(spanId: number, drawn: Bar<SpanBox> | Mark<SpanBox>, { ids }: Drawing): string {
  return ids.get(spanId) === drawn ? `s${spanId}` : "";
}

function fileLabelsSvg({ bars, report, chart }: Drawing): string {
  return bars
    .map(({ box, x, width }) => {
      const label = chart.hasFileRow[box.id] ? fileLabel(report.spans[box.id] as ReportSpan, width, GLYPHS) : "";
      const y = (box.row + 1) * ROW_PX + 11;
      return (
        label &&
        `<text class="file" x="${px(x + LABEL_PADDING_PX)}" y="${y}" fill="#59636e">${escapeMarkup(label)}</text>`
      );
    })
    .join("");
}

function spanLabelShort({ name, args }: ReportSpan): string {
  return args ? `${name} ${args}` : name;
}

/** A fold is hatched beneath its bar, which says how long it is. Narrow ones have no room for a hatch. */
function foldsSvg({ scale, rows }: FlameChart): string {
  const folds = scale.folds.filter(({ width }) => width >= NARROWEST_HATCH_PX);
  if (folds.length === 0) return "";
  const top = ROW_PX * 2;
  const height = Math.max(0, rows.length * ROW_PX - 2 - top);
  const drawn = folds.map(({ startMs, endMs, x, width }) => {
    const title = `${formatDuration(endMs - startMs)} without work, folded`;
    return `<g><title>${title}</title><rect x="${px(x)}" y="${top}" width="${px(width)}" height="${height}" fill="url(#${FOLD_ID})" opacity="0.5"/></g>`;
  });
  return drawn.join("");
}
