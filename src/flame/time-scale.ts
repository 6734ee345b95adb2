import { bisectRight } from "d3";
import type { ReportSpan } from "../model/report.js";
import type { Milliseconds, Pixels, Share } from "../model/units.js";

/** A stretch of idle time that is drawn narrower than it is. */
export interface Fold {
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
  readonly x: Pixels;
  readonly width: Pixels;
}

export interface TimeScale {
  readonly widthPx: Pixels;
  readonly wallMs: Milliseconds;
  readonly folds: readonly Fold[];
  readonly x: (ms: Milliseconds) => Pixels;
}

/** Idle time is folded when it is more than this part of the wall time. */
const FOLD_FROM: Share = 0.5;
const FOLD_PX: Pixels = 80;
/** All folds together take at most this part of the width. */
const FOLDS_AT_MOST: Share = 0.3;

/** Maps time to pixels: linear, except that long idle gaps are folded where they would take most of the width. */
export function timeScale(spans: readonly ReportSpan[], widthPx: Pixels): TimeScale {
  const wallMs = spans[0]?.endMs ?? 0;
  const idle = idleGaps(spans, wallMs);
  const all = densities(idle, wallMs, widthPx);
  // A gap that would not get wider than its fold stays as it is.
  const gaps = idle.filter((gap) => lengthMs(gap) * all.pxPerMs > all.foldPx);
  const { foldPx, pxPerMs } = densities(gaps, wallMs, widthPx);
  const folds: Fold[] = [];
  let cursor = { ms: 0, x: 0 };
  for (const { startMs, endMs } of gaps) {
    const x = cursor.x + (startMs - cursor.ms) * pxPerMs;
    folds.push({ startMs, endMs, x, width: foldPx });
    cursor = { ms: endMs, x: x + foldPx };
  }
  const starts = folds.map(({ startMs }) => startMs);
  return { widthPx, wallMs, folds, x: (ms) => position(ms, folds[bisectRight(starts, ms) - 1], pxPerMs) };
}

/** The idle time between turns; none where there is too little of it to fold. */
function idleGaps(spans: readonly ReportSpan[], wallMs: Milliseconds): readonly ReportSpan[] {
  const gaps = spans.filter(({ kind }) => kind === "user");
  return sum(gaps) > wallMs * FOLD_FROM ? gaps : [];
}

/** How wide each fold is, and a millisecond outside the folds. */
function densities(
  gaps: readonly ReportSpan[],
  wallMs: Milliseconds,
  widthPx: Pixels,
): { foldPx: Pixels; pxPerMs: number } {
  const foldPx = gaps.length === 0 ? 0 : Math.min(FOLD_PX, (widthPx * FOLDS_AT_MOST) / gaps.length);
  const openMs = wallMs - sum(gaps);
  return { foldPx, pxPerMs: openMs > 0 ? (widthPx - foldPx * gaps.length) / openMs : 0 };
}

function sum(gaps: readonly ReportSpan[]): Milliseconds {
  return gaps.reduce((total, gap) => total + lengthMs(gap), 0);
}

function lengthMs({ startMs, endMs }: ReportSpan): Milliseconds {
  return endMs - startMs;
}

/** Goes on from the last fold that begins at or before the instant; inside a fold the scale is that fold's own. */
function position(ms: Milliseconds, before: Fold | undefined, pxPerMs: number): Pixels {
  if (!before) return ms * pxPerMs;
  const { startMs, endMs, x, width } = before;
  if (ms < endMs) return x + ((ms - startMs) / (endMs - startMs)) * width;
  return x + width + (ms - endMs) * pxPerMs;
}
