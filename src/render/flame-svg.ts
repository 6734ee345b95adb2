import { textWidth } from "../flame/fit-label.js";
import { type FlameChart, flameChart, LABEL_FONT_PX } from "../flame/flame-chart.js";
import { spanLabels } from "../flame/span-labels.js";
import type { Report, ReportSpan } from "../model/report.js";
import { formatDuration, plural } from "../report/format.js";
import { displayTitle } from "../report/visible.js";
import { escapeMarkup } from "./escape.js";
import { hoverText } from "./hover-text.js";
import { type Paint, spanPaint } from "./palette.js";

/** The width that the chart is laid out for; the page scales it a little. */
const WIDTH_PX = 1136;
const ROW_PX = 22;
const BAR_PX = 20;
const AXIS_PX = 20;
const PADDING_PX = 5;
const NARROWEST_HATCH_PX = 8;
const TICK_GAP_PX = 3;
const FONT = `font-family="system-ui,sans-serif" font-size="${LABEL_FONT_PX}"`;

export interface FlamePicture {
  readonly svg: string;
  readonly paints: readonly Paint[];
  readonly foldedMs: number;
  readonly hiddenSpans: number;
  readonly hasMarks: boolean;
}

/** The flame chart as SVG that needs neither script nor style sheet: every bar has its colour, its label and a `<title>`. */
export function flameSvg(report: Report, foldIdle = true): FlamePicture {
  const labels = spanLabels(report);
  const chart = flameChart(report.spans, labels, WIDTH_PX, foldIdle);
  const heightPx = chart.rowCount * ROW_PX + AXIS_PX;
  const label = `Flame chart of ${displayTitle(report.session.title)}: ${plural(report.spans.length, "span")} in ${formatDuration(report.summary.wallMs)}. The tables below have the same figures.`;
  const parts = [axis(chart), bars(chart, report, labels), fileLabels(chart), marks(chart, report), folds(chart)];
  const shown = new Set([...chart.bars.map((bar) => bar.spanId), ...chart.marks.flatMap((mark) => mark.spanIds)]);
  return {
    svg: `<svg class="flame" viewBox="0 0 ${WIDTH_PX} ${heightPx}" width="${WIDTH_PX}" height="${heightPx}" role="img" aria-label="${escapeMarkup(label)}">${parts.join("")}</svg>`,
    paints: [...new Set([...shown].map((i) => spanPaint(report.spans[i] as ReportSpan)))],
    foldedMs: chart.folds.reduce((sum, fold) => sum + fold.endMs - fold.startMs, 0),
    hiddenSpans: chart.hiddenSpans,
    hasMarks: chart.marks.some((mark) => mark.spanIds.length > 1),
  };
}

function axis({ ticks, rowCount }: FlameChart): string {
  const bottom = rowCount * ROW_PX;
  return ticks
    .map(({ ms, x }, i) => {
      const words = tickText(ms);
      const before = ticks[i - 1];
      // After a fold of days, neighbouring ticks can read the same.
      const isNew = !before || words !== tickText(before.ms);
      const text = isNew ? tickLabel(words, x, bottom + 14, before?.x ?? 0) : "";
      return `<path class="grid" d="M${px(x)} 0V${bottom + 4}" stroke="#d8dee4"/>${text}`;
    })
    .join("");
}

/** Right of its line, left of it at the end of the chart; nothing where it would meet the label before. */
function tickLabel(words: string, x: number, y: number, xBefore: number): string {
  const width = textWidth(words, LABEL_FONT_PX) + TICK_GAP_PX;
  const isAtEnd = x + width > WIDTH_PX;
  if (isAtEnd && x - xBefore < 2 * width) return "";
  const at = isAtEnd ? `x="${px(x - TICK_GAP_PX)}" text-anchor="end"` : `x="${px(x + TICK_GAP_PX)}"`;
  return `<text class="tick" ${at} y="${y}" fill="#59636e" ${FONT}>${words}</text>`;
}

/** Round times need no tenths and no second unit on an axis. */
function tickText(ms: number): string {
  return ms === 0 ? "0" : formatDuration(ms).replace(/\.0(?=\u00a0s$)| 00\u00a0\w+$/, "");
}

function bars(chart: FlameChart, report: Report, labels: readonly string[]): string {
  return chart.bars
    .map((bar) => {
      const { spanId, row, x, width, label } = bar;
      const span = report.spans[spanId] as ReportSpan;
      const paint = spanPaint(span);
      const y = row * ROW_PX;
      // Half a pixel is left free on the right, so that neighbours stay apart.
      const rect = `<rect class="${paint.className}" x="${px(x)}" y="${y}" width="${px(Math.max(0.5, width - 0.5))}" height="${BAR_PX}"${width > 6 ? ' rx="2"' : ""} fill="${paint.fill}"/>`;
      const text =
        label &&
        `<text class="on-${paint.ink} on-${paint.className}" x="${px(x + PADDING_PX)}" y="${y + 14}" fill="${paint.ink === "light" ? "#fff" : "#1b1f24"}" ${FONT}>${escapeMarkup(label)}</text>`;
      return `<g><title>${escapeMarkup(hoverText(span, labels[spanId] ?? "", bar, report))}</title>${rect}${text}</g>`;
    })
    .join("");
}

function fileLabels({ fileLabels }: FlameChart): string {
  return fileLabels
    .map(
      ({ row, x, label }) =>
        `<text class="file" x="${px(x + PADDING_PX)}" y="${row * ROW_PX + 11}" fill="#59636e" ${FONT}>${escapeMarkup(label)}</text>`,
    )
    .join("");
}

function marks(chart: FlameChart, { spans }: Report): string {
  return chart.marks
    .map(({ row, x, width, spanIds, ms }) => {
      const longest = spanIds.reduce((a, b) => (length(spans[b]) > length(spans[a]) ? b : a));
      const span = spans[longest] as ReportSpan;
      const { className, fill } = spanPaint(span);
      const what =
        spanIds.length === 1
          ? spanLabelShort(span)
          : `${spanIds.length} short spans, the longest ${spanLabelShort(span)}`;
      return `<g><title>${escapeMarkup(`${what} · ${formatDuration(ms)}`)}</title><rect class="${className}" x="${px(x)}" y="${row * ROW_PX}" width="${px(width)}" height="${BAR_PX}" fill="${fill}"/></g>`;
    })
    .join("");
}

function spanLabelShort({ name, args }: ReportSpan): string {
  return args ? `${name} ${args}` : name;
}

function length(span: ReportSpan | undefined): number {
  return span ? span.endMs - span.startMs : 0;
}

/** A fold is hatched beneath its bar, which says how long it is. Narrow ones have no room for a hatch. */
function folds({ folds: all, rowCount }: FlameChart): string {
  const folds = all.filter(({ width }) => width >= NARROWEST_HATCH_PX);
  if (folds.length === 0) return "";
  const hatch = `<path class="hatch" d="M0 0V6" stroke="#b9bfc7" stroke-width="2"/>`;
  const pattern = `<pattern id="fold" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">${hatch}</pattern>`;
  const top = ROW_PX * 2;
  const height = Math.max(0, rowCount * ROW_PX - 2 - top);
  const drawn = folds.map(({ startMs, endMs, x, width }) => {
    const title = `${formatDuration(endMs - startMs)} without work, folded`;
    return `<g><title>${title}</title><rect x="${px(x)}" y="${top}" width="${px(width)}" height="${height}" fill="url(#fold)" opacity="0.5"/></g>`;
  });
  return `<defs>${pattern}</defs>${drawn.join("")}`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
