import { expect, test } from "vitest";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { ticks } from "../../src/flame/ticks.js";
import { timeScale } from "../../src/flame/time-scale.js";
import { sessionFromText } from "../support/session-text.js";

const scaleOf = (text: string, widthPx = 1000) => timeScale(reportSpans(sessionFromText(text)).spans, widthPx);
const BUSY = "session 0..20000\n  turn 0..12000\n  turn 15000..20000";
const IDLE = "session 0..100000\n  turn 0..4000\n  turn 96000..100000";

test("time is linear where little of it is idle", () => {
  const { x, folds } = scaleOf(BUSY);
  expect(folds).toEqual([]);
  expect([0, 10_000, 20_000].map(x)).toEqual([0, 500, 1000]);
});

test("idle time is folded when it is more than half of the wall time; the rest shares the width", () => {
  const { x, folds } = scaleOf(IDLE);
  expect(folds).toEqual([{ startMs: 4_000, endMs: 96_000, x: 460, width: 80 }]);
  expect([0, 2_000, 4_000, 50_000, 96_000, 98_000, 100_000].map(x)).toEqual([0, 230, 460, 500, 540, 770, 1000]);
});

test("many folds leave at least seven tenths of the width to the work", () => {
  const turns = Array.from({ length: 40 }, (_, i) => `  turn ${i * 1000}..${i * 1000 + 10}`);
  const { folds } = scaleOf(["session 0..39010", ...turns].join("\n"));
  expect(folds).toHaveLength(39);
  expect(folds.reduce((sum, fold) => sum + fold.width, 0)).toBeCloseTo(300, 6);
});

test("a session without any time is a point", () => {
  expect(scaleOf("session 5..5").x(0)).toBe(0);
});

test("ticks are round times, far enough apart, and none is inside a fold", () => {
  expect(ticks(scaleOf(BUSY)).map(({ ms }) => ms)).toEqual([
    0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 14_000, 16_000, 18_000, 20_000,
  ]);
  const shown = ticks(scaleOf(IDLE));
  expect(shown.map(({ ms }) => ms)).toEqual([0, 1_000, 2_000, 3_000, 96_000, 97_000, 98_000, 99_000, 100_000]);
  for (const [i, tick] of shown.entries())
    if (i > 0) expect(tick.x - (shown[i - 1]?.x ?? 0)).toBeGreaterThanOrEqual(90);
});

test("a fold of a year between two seconds costs no time", () => {
  const year = 365 * 86_400_000;
  expect(ticks(scaleOf(`session 0..${year}\n  turn 0..1000\n  turn ${year - 1000}..${year}`)).length).toBeLessThan(20);
});
