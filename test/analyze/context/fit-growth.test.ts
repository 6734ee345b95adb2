import fc from "fast-check";
import { sum } from "simple-statistics";
import { expect, test } from "vitest";
import { ANYTHING, fitGrowth } from "../../../src/analyze/context/fit-growth.js";
import { wholeNumbers } from "../../../src/analyze/round.js";

const estimate = fc.oneof(fc.double({ min: 1, max: 50_000, noNaN: true }), fc.constant(ANYTHING));
const estimates = fc.array(estimate, { maxLength: 12 });
const growths = fc.integer({ min: -20_000, max: 200_000 });

test("every growth is shared out in whole tokens: what the additions get and the rest are the growth", () => {
  fc.assert(
    fc.property(estimates, growths, (all, growth) => {
      const { tokens, rest } = fitGrowth(all, growth);
      expect(tokens).toHaveLength(all.length);
      expect(tokens.every((each) => Number.isInteger(each) && each >= 0)).toBe(true);
      expect(sum([...tokens, rest])).toBe(growth);
    }),
  );
});

test("no addition gets less than half or more than twice its estimate, but for the rounding", () => {
  fc.assert(
    fc.property(estimates, growths, (all, growth) => {
      const { tokens } = fitGrowth(all, growth);
      all.forEach((each, i) => {
        if (each === ANYTHING) return;
        expect(tokens[i]).toBeGreaterThan(each / 2 - 1);
        expect(tokens[i]).toBeLessThan(2 * each + 1);
      });
    }),
  );
});

test("there is a rest only where no addition can take more, or less", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 }), growths, (all, growth) => {
      const { rest } = fitGrowth(all, growth);
      // Whatever is in a prompt takes a token at least.
      const [least, most] = [sum(all.map((each) => Math.max(1, each / 2))), sum(all) * 2];
      if (growth >= least && growth <= most) expect(rest).toBe(0);
      else expect(rest).toBe(growth > most ? growth - most : growth - Math.round(least));
    }),
  );
});

test("what has no estimate takes what is left, in equal parts", () => {
  expect(fitGrowth([100, ANYTHING, 50], 950)).toEqual({ tokens: [100, 800, 50], rest: 0 });
  expect(fitGrowth([ANYTHING, ANYTHING], 1000)).toEqual({ tokens: [500, 500], rest: 0 });
});

test("what has no estimate gets nothing of a growth that is too small for the others", () => {
  expect(fitGrowth([100, ANYTHING], 80)).toEqual({ tokens: [80, 0], rest: 0 });
});

test("a large addition takes nearly all of a difference: estimates are off by a share of themselves", () => {
  const { tokens } = fitGrowth([10_000, 10, 10], 10_520);
  expect(tokens).toEqual([10_500, 10, 10]);
});

test("equal additions are moved alike", () => {
  expect(fitGrowth([100, 100, 100], 360)).toEqual({ tokens: [120, 120, 120], rest: 0 });
});

test("of a growth that is too small the additions keep half of their estimates, and the rest is below 0", () => {
  expect(fitGrowth([100, 60], 0)).toEqual({ tokens: [50, 30], rest: -80 });
  expect(fitGrowth([100, 60], -20)).toEqual({ tokens: [50, 30], rest: -100 });
});

test("without additions all of a growth is the rest", () => {
  expect(fitGrowth([], 70)).toEqual({ tokens: [], rest: 70 });
  expect(fitGrowth([], 0)).toEqual({ tokens: [], rest: 0 });
});

test("an estimate of 0 stays 0: reasoning that is not sent again takes nothing", () => {
  expect(fitGrowth([0, 10], 500)).toEqual({ tokens: [0, 20], rest: 480 });
});

test("numbers are rounded together: the largest remainders up, so that they sum to the rounded sum", () => {
  expect(wholeNumbers([0.5, 0.3, 0.2])).toEqual([1, 0, 0]);
  expect(wholeNumbers([1.5, 1.5])).toEqual([2, 1]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (values) => {
      expect(sum(wholeNumbers(values))).toBe(Math.round(values.reduce((a, b) => a + b, 0)));
    }),
  );
});
