import { group } from "d3";
import type { ReportSpan } from "../model/report.js";
import type { Milliseconds, Pixels } from "../model/units.js";
import { baseName, formatCoarseDuration, formatDuration } from "../report/format.js";
import { fitLabel, textWidth } from "./fit-label.js";
import { rows } from "./rows.js";
import { type Tick, ticks } from "./ticks.js";
import { type Fold, type TimeScale, timeScale } from "./time-scale.js";

/** One rectangle. A call with waits in it is drawn as several, side by side in one row. */
export interface Bar {
  readonly spanId: number;
  readonly row: number;
  readonly x: Pixels;
  readonly width: Pixels;
  /** The part of the span that this bar is. */
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  /** Shortened to fit; empty where nothing fits. */
  readonly label: string;
}

/** Spans that are narrower than a pixel, close together in one row: one mark with their count. */
export interface Mark {
  readonly row: number;
  readonly x: Pixels;
  readonly width: Pixels;
  readonly spanIds: readonly number[];
  readonly ms: Milliseconds;
}

/** The file of a tool call, beneath its bar: a label, with no time of its own. */
export interface FileLabel {
  readonly spanId: number;
  readonly row: number;
  readonly x: Pixels;
  readonly width: Pixels;
  readonly label: string;
}

export interface FlameChart {
  readonly widthPx: Pixels;
  readonly rowCount: number;
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
  readonly fileLabels: readonly FileLabel[];
  readonly ticks: readonly Tick[];
  readonly folds: readonly Fold[];
  /** Spans in rows beyond the last one that is drawn. */
  readonly hiddenSpans: number;
}

export const LABEL_FONT_PX: Pixels = 11;
const LABEL_PADDING_PX: Pixels = 5;
const SHORTEST_BAR_PX: Pixels = 1;
const MOST_ROWS = 100;

/**
 * The flame chart as rectangles: x is time, children beneath parents, what overlaps in lanes. `labels[i]` belongs to span
 * i. `foldIdle` false draws idle time as long as it was.
 */
export function flameChart(
  spans: readonly ReportSpan[],
  labels: readonly string[],
  widthPx: Pixels,
  foldIdle = true,
): FlameChart {
  const scale = timeScale(spans, widthPx, foldIdle);
  const files = spans.map((span) => fileLabel(span, scale));
  const { rowOf, rowCount } = rows(spans, (i) => (files[i] ? 1 : 0));
  const isShown = (row: number) => row < MOST_ROWS;
  const pieces = spans.flatMap((_span, i) => (isShown(rowOf[i] as number) ? drawnPieces(spans, i, scale) : []));
  const kindOf = (i: number) => (spans[i] as ReportSpan).kind;
  const labelOf = (i: number) => (files[i] ? (spans[i] as ReportSpan).name : labels[i]);
  const bars = pieces.filter(({ width }) => width >= SHORTEST_BAR_PX);
  const tiny = pieces.filter(({ width }) => width < SHORTEST_BAR_PX);
  return {
    widthPx,
    rowCount: Math.min(rowCount, MOST_ROWS),
    bars: bars.map((piece) => bar(piece, rowOf[piece.spanId] as number, kindOf(piece.spanId), labelOf(piece.spanId))),
    marks: marks(tiny, rowOf, widthPx),
    fileLabels: files.flatMap((file, spanId) => {
      const row = (rowOf[spanId] as number) + 1;
      return file && isShown(row) ? [{ spanId, row, ...file }] : [];
    }),
    ticks: ticks(scale),
    folds: scale.folds,
    hiddenSpans: rowOf.filter((row) => !isShown(row)).length,
  };
}

interface Piece {
  readonly spanId: number;
  readonly x: Pixels;
  readonly width: Pixels;
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/** A span without the waits in it: they are drawn in its row, as bars of their own. */
function drawnPieces(spans: readonly ReportSpan[], spanId: number, scale: TimeScale): Piece[] {
  const span = spans[spanId] as ReportSpan;
  const pieces: Piece[] = [];
  const add = (startMs: Milliseconds, endMs: Milliseconds) => {
    const x = scale.x(startMs);
    pieces.push({ spanId, x, width: scale.x(endMs) - x, startMs, endMs });
  };
  let cursor = span.startMs;
  // Waits stand directly behind their call, in order.
  for (let i = spanId + 1; spans[i]?.kind === "wait" && spans[i]?.parent === spanId; i++) {
    const wait = spans[i] as ReportSpan;
    if (wait.startMs > cursor) add(cursor, wait.startMs);
    cursor = Math.max(cursor, wait.endMs);
  }
  if (cursor < span.endMs || pieces.length === 0) add(Math.min(cursor, span.endMs), span.endMs);
  return pieces;
}

/** The label with the duration where both fit, else as much of the label as fits; of idle time the duration says more. */
function bar(piece: Piece, row: number, kind: ReportSpan["kind"], label = ""): Bar {
  const room = piece.width - 2 * LABEL_PADDING_PX;
  const duration = formatDuration(piece.endMs - piece.startMs);
  const idle = [duration, formatCoarseDuration(piece.endMs - piece.startMs)];
  const whole = [`${label} · ${duration}`, ...(kind === "user" ? idle : [])];
  const fitting = label === "" ? undefined : whole.find((text) => textWidth(text, LABEL_FONT_PX) <= room);
  return { ...piece, row, label: fitting ?? fitLabel(label, room, LABEL_FONT_PX) };
}

/** The file's name, where it fits beneath the call's bar. */
function fileLabel(
  { kind, files, startMs, endMs }: ReportSpan,
  scale: TimeScale,
): Omit<FileLabel, "spanId" | "row"> | null {
  if (kind !== "tool" || !files?.[0]) return null;
  const x = scale.x(startMs);
  const width = scale.x(endMs) - x;
  const label = fitLabel(baseName(files[0].path), width - 2 * LABEL_PADDING_PX, LABEL_FONT_PX);
  return label === "" ? null : { x, width, label };
}

/** Joins what is less than a pixel apart in the same row. */
function marks(tiny: readonly Piece[], rowOf: readonly number[], widthPx: Pixels): Mark[] {
  const inOrder = [...tiny].sort((a, b) => a.x - b.x);
  return [...group(inOrder, ({ spanId }) => rowOf[spanId] as number)].flatMap(([row, pieces]) =>
    runs(pieces).map((run) => mark(run, row, widthPx)),
  );
}

function runs(pieces: readonly Piece[]): Piece[][] {
  const found: Piece[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of pieces) {
    if (piece.x - end < SHORTEST_BAR_PX) found.at(-1)?.push(piece);
    else found.push([piece]);
    end = Math.max(end, piece.x + piece.width);
  }
  return found;
}

function mark(run: readonly Piece[], row: number, widthPx: Pixels): Mark {
  const { x } = run[0] as Piece;
  const end = run.reduce((last, piece) => Math.max(last, piece.x + piece.width), x);
  const ms = run.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const width = Math.max(SHORTEST_BAR_PX, end - x);
  // What happened at the very end would lie beyond the edge.
  return { row, x: Math.min(x, widthPx - width), width, spanIds: run.map(({ spanId }) => spanId), ms };
}
