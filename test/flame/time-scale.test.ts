import { expect, test } from "vitest";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { tickLabels } from "../../src/flame/tick-labels.js";
import { ticks } from "../../src/flame/ticks.js";
import { timeScale } from "../../src/flame/time-scale.js";
import { sessionFromText } from "../support/session-text.js";

const scaleOf = (text: string, widthPx = 1000) => timeScale(reportSpans(sessionFromText(text)).spans, widthPx);
const ticksOf = (text: string) => {
  const scale = scaleOf(text);
  return ticks(scale, { from: 0, to: scale.widthPx }, scale.widthPx);
};
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

test("idle time is folded wherever there is any, or nowhere, on request", () => {
  const { spans } = reportSpans(sessionFromText(BUSY));
  expect(timeScale(spans, 1000, "always").folds).toMatchObject([{ startMs: 12_000, endMs: 15_000, width: 80 }]);
  expect(timeScale(reportSpans(sessionFromText(IDLE)).spans, 1000, "never").folds).toEqual([]);
});

test("the instant drawn at a place is the one whose place it is", () => {
  for (const scale of [scaleOf(BUSY), scaleOf(IDLE)])
    for (let x = 0; x <= 1000; x += 12.5) expect(scale.x(scale.ms(x))).toBeCloseTo(x, 6);
  expect(scaleOf("session 5..5").ms(100)).toBe(0);
});

test("a session without any time is a point", () => {
  expect(scaleOf("session 5..5").x(0)).toBe(0);
});

test("ticks are round times, far enough apart, and none is inside a fold", () => {
  expect(ticksOf(BUSY).map(({ ms }) => ms)).toEqual([
    0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 14_000, 16_000, 18_000, 20_000,
  ]);
  const shown = ticksOf(IDLE);
  expect(shown.map(({ ms }) => ms)).toEqual([0, 1_000, 2_000, 3_000, 96_000, 97_000, 98_000, 99_000, 100_000]);
  for (const [i, tick] of shown.entries())
    if (i > 0) expect(tick.x - (shown[i - 1]?.x ?? 0)).toBeGreaterThanOrEqual(90);
});

test("a fold of a year between two seconds costs no time", () => {
  const year = 365 * 86_400_000;
  expect(ticksOf(`session 0..${year}\n  turn 0..1000\n  turn ${year - 1000}..${year}`).length).toBeLessThan(20);
});

test("a narrower view has finer ticks, with as many digits as they need", () => {
  const scale = scaleOf(BUSY);
  const texts = (fromMs: number, toMs: number) =>
    ticks(scale, { from: scale.x(fromMs), to: scale.x(toMs) }, 1000).map(({ text }) => text.replaceAll("\u00a0", " "));
  expect(texts(0, 900)).toEqual([
    "0",
    "100 ms",
    "200 ms",
    "300 ms",
    "400 ms",
    "500 ms",
    "600 ms",
    "700 ms",
    "800 ms",
    "900 ms",
  ]);
  expect(texts(3_000, 3_300)).toEqual(["3.00 s", "3.05 s", "3.10 s", "3.15 s", "3.20 s", "3.25 s", "3.30 s"]);
  expect(texts(2_000, 10_000)).toEqual(["2 s", "3 s", "4 s", "5 s", "6 s", "7 s", "8 s", "9 s", "10 s"]);
});

test("beyond a minute the digits stand with the seconds", () => {
  const scale = scaleOf("session 0..200000\n  turn 0..200000");
  const shown = ticks(scale, { from: scale.x(125_000), to: scale.x(125_500) }, 1000).map(({ text }) => text);
  expect(shown.slice(0, 2)).toEqual(["2\u00a0min 05.00\u00a0s", "2\u00a0min 05.05\u00a0s"]);
});

test("a label stands right of its line, at the end left of it, and nowhere where it would meet the one before", () => {
  const glyph = () => 6;
  const labels = (...places: [x: number, text: string][]) =>
    tickLabels(
      places.map(([x, text]) => ({ ms: 0, x, text })),
      1000,
      glyph,
    ).map(({ text, x, isLeft }) => `${text} ${isLeft ? "ends" : "begins"} at ${x}`);
  expect(labels([0, "0"], [500, "5 s"], [990, "10 s"])).toEqual([
    "0 begins at 3",
    "5 s begins at 503",
    "10 s ends at 987",
  ]);
  expect(labels([900, "2 min 30 s"], [990, "2 min 45 s"])).toEqual(["2 min 30 s begins at 903"]);
  expect(labels([0, ""])).toEqual([]);
});
