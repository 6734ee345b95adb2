import type { ReportSpan } from "../model/report.js";
import type { Milliseconds, Pixels, Share } from "../model/units.js";
import { firstIndex } from "./first-index.js";

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
  /** The instant that is drawn there: the inverse of `x`. */
  readonly ms: (x: Pixels) => Milliseconds;
}

/** Whether idle time is folded: where there is much of it, wherever there is any, nowhere. */
export type Folding = "auto" | "always" | "never";

/** Idle time is folded when it is more than this part of the wall time. */
const FOLD_FROM: Share = 0.5;
const FOLD_PX: Pixels = 80;
/** All folds together take at most this part of the width. */
const FOLDS_AT_MOST: Share = 0.3;
/** A fold this wide can say how long it is. */
const LABELLED_PX: Pixels = 52;
/** Where not all can, the short ones are this narrow. */
const UNLABELLED_PX: Pixels = 2;

/** Maps time to pixels: linear, except for idle gaps that are folded. Never folding is the true scale. */
export function timeScale(spans: readonly ReportSpan[], widthPx: Pixels, folding: Folding = "auto"): TimeScale {
  const wallMs = spans[0]?.endMs ?? 0;
  const idle = idleGaps(spans, wallMs, folding);
  const widths = foldWidths(idle, widthPx);
  const density = pxPerOpenMs(idle, widths, wallMs, widthPx);
  // A gap that would not get wider than its fold stays as it is.
  const gaps = idle.filter((gap) => lengthMs(gap) * density > (widths.get(gap) as Pixels));
  const pxPerMs = pxPerOpenMs(gaps, widths, wallMs, widthPx);
  const folds: Fold[] = [];
  let cursor = { ms: 0, x: 0 };
  for (const gap of gaps) {
    const { startMs, endMs } = gap;
    const width = widths.get(gap) as Pixels;
    const x = cursor.x + (startMs - cursor.ms) * pxPerMs;
    folds.push({ startMs, endMs, x, width });
    cursor = { ms: endMs, x: x + width };
  }
  const before = (isAfter: (fold: Fold) => boolean) =>
    folds[firstIndex(folds.length, (i) => isAfter(folds[i] as Fold)) - 1];
  return {
    ...{ widthPx, wallMs, folds },
    x: (ms) =>
      position(
        ms,
        before((fold) => fold.startMs > ms),
        pxPerMs,
      ),
    ms: (x) =>
      instant(
        x,
        before((fold) => fold.x > x),
        pxPerMs,
      ),
  };
}

/** The idle time between turns that is folded. */
function idleGaps(spans: readonly ReportSpan[], wallMs: Milliseconds, folding: Folding): readonly ReportSpan[] {
  if (folding === "never") return [];
  const gaps = spans.filter(({ kind }) => kind === "user");
  if (folding === "always") return gaps;
  return gaps.reduce((sum, gap) => sum + lengthMs(gap), 0) > wallMs * FOLD_FROM ? gaps : [];
}

/** As wide as fits; where there are too many for that, the longest are wide enough to say how long they are. */
function foldWidths(gaps: readonly ReportSpan[], widthPx: Pixels): ReadonlyMap<ReportSpan, Pixels> {
  const roomPx = widthPx * FOLDS_AT_MOST;
  const evenPx = Math.min(FOLD_PX, roomPx / Math.max(1, gaps.length));
  if (evenPx >= LABELLED_PX) return new Map(gaps.map((gap) => [gap, evenPx]));
  const leastPx = Math.min(evenPx, UNLABELLED_PX);
  const labelled = Math.floor((roomPx - gaps.length * leastPx) / (LABELLED_PX - leastPx));
  const restPx = (roomPx - labelled * LABELLED_PX) / (gaps.length - labelled);
  const longestFirst = [...gaps].sort((a, b) => lengthMs(b) - lengthMs(a));
  return new Map(longestFirst.map((gap, i) => [gap, i < labelled ? LABELLED_PX : restPx]));
}

/** How wide a millisecond outside the folds is. */
function pxPerOpenMs(
  gaps: readonly ReportSpan[],
  widths: ReadonlyMap<ReportSpan, Pixels>,
  wallMs: Milliseconds,
  widthPx: Pixels,
): number {
  const openMs = gaps.reduce((rest, gap) => rest - lengthMs(gap), wallMs);
  const openPx = gaps.reduce((rest, gap) => rest - (widths.get(gap) as Pixels), widthPx);
  return openMs > 0 ? openPx / openMs : 0;
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

function instant(x: Pixels, before: Fold | undefined, pxPerMs: number): Milliseconds {
  if (!before) return pxPerMs > 0 ? x / pxPerMs : 0;
  const { startMs, endMs, width } = before;
  const beyond = x - before.x - width;
  if (beyond < 0) return startMs + ((x - before.x) / width) * (endMs - startMs);
  return pxPerMs > 0 ? endMs + beyond / pxPerMs : endMs;
}
