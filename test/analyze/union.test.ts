import { expect, test } from "vitest";
import { unionMs, without } from "../../src/analyze/union.js";

const intervals = (text: string) =>
  text
    .split(" ")
    .filter(Boolean)
    .map((interval) => {
      const [startAt = 0, endAt = 0] = interval.split("..").map(Number);
      return { startAt, endAt };
    });
const asText = (list: readonly { startAt: number; endAt: number }[]) =>
  list.map(({ startAt, endAt }) => `${startAt}..${endAt}`).join(" ");

test.each([
  ["", 0],
  ["10..50 30..60 35..45", 50],
  ["30..60 10..50", 50],
  ["0..10 10..20", 20],
  ["0..10 20..30", 20],
  ["5..5", 0],
])("unionMs(%s) counts what overlaps once", (text, ms) => {
  expect(unionMs(intervals(text))).toBe(ms);
});

test.each([
  ["0..10", "", "0..10"],
  ["0..10", "2..4 6..7", "0..2 4..6 7..10"],
  ["0..10", "6..20 -5..2", "2..6"],
  ["0..10", "0..10", ""],
  ["0..10", "10..20", "0..10"],
])("%s without %s", (interval, holes, rest) => {
  expect(asText(without(intervals(interval)[0] as { startAt: number; endAt: number }, intervals(holes)))).toBe(rest);
});
