import type { Milliseconds, Pixels } from "../model/units.js";
import type { TimeScale } from "./time-scale.js";

export interface Tick {
  readonly ms: Milliseconds;
  readonly x: Pixels;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances that read well on a clock. */
const STEPS_MS: readonly Milliseconds[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((n) => n * HOUR),
];
const CLOSEST_PX: Pixels = 90;

/** Round times, at least 90 px apart, none inside a fold. */
export function ticks({ wallMs, widthPx, folds, x }: TimeScale): Tick[] {
  if (wallMs <= 0) return [{ ms: 0, x: 0 }];
  const foldedMs = folds.reduce((sum, fold) => sum + fold.endMs - fold.startMs, 0);
  const msPerPx = (wallMs - foldedMs) / widthPx;
  const closestMs = CLOSEST_PX * msPerPx;
  const step = STEPS_MS.find((ms) => ms >= closestMs) ?? Math.ceil(closestMs / DAY) * DAY;
  const shown: Tick[] = [];
  const isFolded = (ms: Milliseconds) => folds.some((fold) => ms > fold.startMs && ms < fold.endMs);
  for (const ms of roundTimes(wallMs, step, folds)) {
    const tick = { ms, x: x(ms) };
    const last = shown.at(-1);
    if (!isFolded(ms) && (!last || tick.x - last.x >= CLOSEST_PX)) shown.push(tick);
  }
  return shown;
}

/** Multiples of the step, skipping over the folds at once: a fold may be days long and the step a second. */
function* roundTimes(wallMs: Milliseconds, step: Milliseconds, folds: TimeScale["folds"]): Generator<Milliseconds> {
  let ms = 0;
  while (ms <= wallMs) {
    yield ms;
    const fold = folds.find(({ startMs, endMs }) => startMs <= ms + step && ms + step < endMs);
    ms = fold ? Math.ceil(fold.endMs / step) * step : ms + step;
  }
}
