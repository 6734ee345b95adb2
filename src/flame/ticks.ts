import type { Milliseconds, Pixels } from "../model/units.js";
import { formatDuration } from "../report/format.js";
import type { View } from "./frame.js";
import type { TimeScale } from "./time-scale.js";

/** A line of the time axis: where it is drawn, and what stands beside it; empty where that would say nothing new. */
export interface Tick {
  readonly ms: Milliseconds;
  readonly x: Pixels;
  readonly text: string;
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

/** Round times of what a frame of that width shows, at least 90 px apart, none inside a fold. */
export function ticks(scale: TimeScale, view: View, widthPx: Pixels): Tick[] {
  const { wallMs, folds } = scale;
  if (wallMs <= 0 || view.to <= view.from) return [{ ms: 0, x: 0, text: "0" }];
  const foldedMs = folds.reduce((sum, fold) => sum + fold.endMs - fold.startMs, 0);
  const closestMs = CLOSEST_PX * ((wallMs - foldedMs) / scale.widthPx) * ((view.to - view.from) / widthPx);
  const stepMs = STEPS_MS.find((ms) => ms >= closestMs) ?? Math.ceil(closestMs / DAY) * DAY;
  const isFolded = (ms: Milliseconds) => folds.some((fold) => ms > fold.startMs && ms < fold.endMs);
  const shown: Tick[] = [];
  let written = "";
  for (const ms of roundTimes(scale.ms(view.from), scale.ms(view.to), stepMs, folds)) {
    const x = ((scale.x(ms) - view.from) / (view.to - view.from)) * widthPx;
    const last = shown.at(-1);
    if (isFolded(ms) || (last && x - last.x < CLOSEST_PX)) continue;
    const text = tickText(ms, stepMs);
    // After a fold of days, neighbours can read the same.
    shown.push({ ms, x, text: text === written ? "" : text });
    written = text;
  }
  return shown;
}

/** Multiples of the step, skipping over the folds at once: a fold may be days long and the step a second. */
function* roundTimes(
  fromMs: Milliseconds,
  toMs: Milliseconds,
  stepMs: Milliseconds,
  folds: TimeScale["folds"],
): Generator<Milliseconds> {
  let ms = Math.ceil(fromMs / stepMs) * stepMs;
  while (ms <= toMs) {
    yield ms;
    const fold = folds.find(({ startMs, endMs }) => startMs <= ms + stepMs && ms + stepMs < endMs);
    ms = fold ? Math.ceil(fold.endMs / stepMs) * stepMs : ms + stepMs;
  }
}

/** Only as many digits as the step has: `0`, `250 ms`, `12.35 s`, `4 min`, `4 min 05.2 s`. */
function tickText(ms: Milliseconds, stepMs: Milliseconds): string {
  if (ms === 0) return "0";
  if (stepMs >= SECOND || ms < SECOND) return formatDuration(ms).replace(/\.0(?=\u00a0s$)| 00\u00a0\w+$/, "");
  const digits = stepMs >= 100 ? 1 : stepMs >= 10 ? 2 : 3;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(digits)}\u00a0s`;
  const seconds = ((ms % MINUTE) / SECOND).toFixed(digits).padStart(digits + 3, "0");
  return `${Math.floor(ms / MINUTE)}\u00a0min ${seconds}\u00a0s`;
}
