import fc from "fast-check";
import { expect, test } from "vitest";
import { coveredLength } from "../../src/flame/covered-length.js";

type Stretch = readonly [number, number];

const stretches = (text: string) =>
  text
    .split(" ")
    .filter(Boolean)
    .map((stretch) => stretch.split("..").map(Number) as unknown as Stretch);

test.each([
  ["", 0],
  ["5..5", 0],
  ["0..10", 10],
  ["0..10 0..10", 10],
  ["0..10 10..20", 20],
  ["0..10 20..30", 20],
  ["10..50 30..60 35..45", 50],
  ["30..60 10..50", 50],
  ["0..100 20..30 90..120", 120],
  ["-10..-5 -7..3", 13],
  ["0.25..0.5 0.5..0.75", 0.5],
  ["10..0", 0],
])("%s cover %d", (text, length) => {
  expect(coveredLength(stretches(text))).toBe(length);
});

test("it is the count of all units that some stretch covers, in whatever order they come", () => {
  const stretch = fc.tuple(fc.nat(60), fc.nat(20)).map(([begin, length]): Stretch => [begin, begin + length]);
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), (some) => {
      const units = Array.from({ length: 90 }, (_, unit) => some.some(([begin, end]) => begin <= unit && unit < end));
      const before = structuredClone(some);
      expect(coveredLength(some)).toBe(units.filter(Boolean).length);
      expect(coveredLength([...some].reverse())).toBe(coveredLength(some));
      expect(some).toEqual(before);
    }),
  );
});
