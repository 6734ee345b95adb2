import type { ReportSpan } from "../model/report.js";
import type { Milliseconds, Pixels } from "../model/units.js";
import { baseName, formatCoarseDuration, formatDuration } from "../report/format.js";
import type { Box, Boxes } from "./boxes.js";
import { estimatedGlyphs, fitLabel, type GlyphWidth, textWidth } from "./fit-label.js";
import type { Bar } from "./frame.js";
import { rows } from "./rows.js";
import { type Folding, type TimeScale, timeScale } from "./time-scale.js";

/** A part of a span: a call with waits in it is drawn as several boxes, side by side in one row. `id` is the span's. */
export interface SpanBox extends Box {
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/** The flame chart: x is time, children beneath parents, what overlaps in lanes. */
export interface FlameChart extends Boxes<SpanBox> {
  readonly scale: TimeScale;
  /** Whether the row beneath the span is kept free for the name of its file. */
  readonly hasFileRow: readonly boolean[];
  /** Spans in rows beyond the last one that is drawn. */
  readonly hiddenSpans: number;
}

export const LABEL_FONT_PX: Pixels = 11;
export const LABEL_PADDING_PX: Pixels = 5;
const MOST_ROWS = 100;

export function flameChart(spans: readonly ReportSpan[], widthPx: Pixels, folding: Folding = "auto"): FlameChart {
  const scale = timeScale(spans, widthPx, folding);
  const glyph = estimatedGlyphs(LABEL_FONT_PX);
  const hasFileRow = spans.map((span) => {
    const { startMs, endMs } = span;
    return fileLabel(span, scale.x(endMs) - scale.x(startMs), glyph) !== "";
  });
  const { rowOf, rowCount } = rows(spans, (i) => (hasFileRow[i] ? 1 : 0));
  const boxes = Array.from({ length: Math.min(rowCount, MOST_ROWS) }, (): SpanBox[] => []);
  spans.forEach((_span, i) => {
    const row = rowOf[i] as number;
    boxes[row]?.push(...parts(spans, i, row, scale));
  });
  for (const inRow of boxes) inRow.sort((a, b) => a.x - b.x || a.x + a.width - b.x - b.width);
  const hiddenSpans = rowOf.filter((row) => row >= MOST_ROWS).length;
  return { widthPx, rows: boxes, scale, hasFileRow, hiddenSpans };
}

/** A span without the waits in it: they are drawn in its row, as boxes of their own. */
function parts(spans: readonly ReportSpan[], id: number, row: number, scale: TimeScale): SpanBox[] {
  const span = spans[id] as ReportSpan;
  const found: SpanBox[] = [];
  const add = (startMs: Milliseconds, endMs: Milliseconds) => {
    const x = scale.x(startMs);
    found.push({ id, row, x, width: scale.x(endMs) - x, size: endMs - startMs, startMs, endMs });
  };
  let cursor = span.startMs;
  // Waits stand directly behind their call, in order.
  for (let i = id + 1; spans[i]?.kind === "wait" && spans[i]?.parent === id; i++) {
    const wait = spans[i] as ReportSpan;
    if (wait.startMs > cursor) add(cursor, wait.startMs);
    cursor = Math.max(cursor, wait.endMs);
  }
  if (cursor < span.endMs || found.length === 0) add(Math.min(cursor, span.endMs), span.endMs);
  return found;
}

/** What is written on a bar: the label with the duration where both fit, else as much of the label as fits. */
export function barLabel({ box, width }: Bar<SpanBox>, span: ReportSpan, label: string, glyph: GlyphWidth): string {
  const room = width - 2 * LABEL_PADDING_PX;
  const duration = formatDuration(box.size);
  // Of idle time the duration says more.
  const idle = span.kind === "user" ? [duration, formatCoarseDuration(box.size)] : [];
  const whole = [`${label} · ${duration}`, ...idle].find((text) => textWidth(text, glyph) <= room);
  return whole ?? fitLabel(label, room, glyph);
}

/** The name of the file that a call is about, where it fits beneath a bar of that width; else empty. */
export function fileLabel({ kind, files }: ReportSpan, widthPx: Pixels, glyph: GlyphWidth): string {
  if (kind !== "tool" || !files?.[0]) return "";
  return fitLabel(baseName(files[0].path), widthPx - 2 * LABEL_PADDING_PX, glyph);
}
