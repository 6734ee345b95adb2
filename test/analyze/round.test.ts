import fc from "fast-check";
import { expect, test } from "vitest";
import { wholeNumbers } from "../../src/analyze/round.js";

test.each<[string, number[], number[]]>([
  ["whole numbers stay", [3, 0, 7], [3, 0, 7]],
  ["the largest remainder is rounded up", [1.2, 1.5, 1.3], [1, 2, 1]],
  ["of equal remainders the first are", [0.5, 0.5, 0.5, 0.5], [1, 1, 0, 0]],
  ["one that is larger goes before equal ones", [0.4, 0.4, 0.6, 0.6], [0, 0, 1, 1]],
  ["nothing is given to what lost nothing", [2, 0.4, 0.4], [2, 1, 0]],
  ["of nothing there is nothing", [], []],
])("%s", (_claim, values, whole) => {
  expect(wholeNumbers(values)).toEqual(whole);
});

test("of any shares the sum is the rounded sum, and none is off by one or more", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 60 }), (values) => {
      const whole = wholeNumbers(values);
      const sum = values.reduce((total, value) => total + value, 0);
      expect(whole.reduce((total, value) => total + value, 0)).toBe(Math.round(sum));
      expect(whole.every((each, i) => Number.isInteger(each) && Math.abs(each - (values[i] as number)) < 1)).toBe(true);
    }),
  );
});
