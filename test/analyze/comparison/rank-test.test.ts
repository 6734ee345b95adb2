import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankTest } from "../../../src/analyze/comparison/rank-test.js";

describe("the test gives what R's wilcox.test gives", () => {
  test("without ties, exactly: permeability of membranes (example of its manual)", () => {
    const x = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const y = [1.15, 0.88, 0.9, 0.74, 1.21];
    expect(rankTest(y, x)).toEqual({ nA: 5, nB: 10, u: 35, p: 0.254412, verdict: "none" });
  });

  test("with ties, by the normal distribution: ozone in May and August (example of its manual)", () => {
    const may = [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];
    const august = [
      39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
    ];
    const { u, p, verdict } = rankTest(august, may);
    expect([u, verdict]).toEqual([127.5, "less"]);
    expect(p).toBeCloseTo(0.0001208, 6);
  });

  test.each([
    [5, 5, 0.007937],
    [5, 6, 0.004329],
    [6, 6, 0.002165],
  ])("%i figures below %i others: two arrangements of all", (nA, nB, p) => {
    const below = Array.from({ length: nA }, (_, i) => i);
    const above = Array.from({ length: nB }, (_, i) => 100 + i);
    expect(rankTest(below, above)).toEqual({ nA, nB, u: nA * nB, p, verdict: "more" });
    expect(rankTest(above, below)).toEqual({ nA: nB, nB: nA, u: 0, p, verdict: "less" });
  });
});

test("figures that are all the same show nothing", () => {
  expect(rankTest([3, 3, 3, 3, 3], [3, 3, 3, 3, 3])).toEqual({ nA: 5, nB: 5, u: 12.5, p: 1, verdict: "none" });
});

test.each([
  [
    [1, 2, 3, 4],
    [10, 11, 12, 13, 14],
  ],
  [[1, 2, 3, 4, 5], []],
])("under five on a side there is no verdict: %j and %j", (a, b) => {
  expect(rankTest(a, b)).toEqual({ nA: a.length, nB: b.length, u: null, p: null, verdict: "too-few" });
});

test("whichever side is called A, chance is as likely; and every arrangement counts once", () => {
  const samples = fc.uniqueArray(fc.integer(), { minLength: 10, maxLength: 24 });
  fc.assert(
    fc.property(samples, fc.nat(), (values, cut) => {
      const nA = 5 + (cut % (values.length - 9));
      const [a, b] = [values.slice(0, nA), values.slice(nA)];
      const [there, back] = [rankTest(a, b), rankTest(b, a)];
      expect(there.p).toBe(back.p);
      expect((there.u ?? 0) + (back.u ?? 0)).toBe(a.length * b.length);
      const pairs = a.flatMap((one) => b.filter((other) => other > one));
      expect(there.u).toBe(pairs.length);
    }),
    { numRuns: 300 },
  );
});
