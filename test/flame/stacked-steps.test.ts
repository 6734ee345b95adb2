import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundSteps, stackedSteps } from "../../src/flame/stacked-steps.js";

/** Every point that a path goes through. */
function pointsOf(path: string): [x: number, y: number][] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MHVZ])(-?\d+)?(?: (-?\d+))?/g)].map(([, command, a, b]) => {
    if (command === "M") [x, y] = [Number(a), Number(b)];
    if (command === "H") x = Number(a);
    if (command === "V") y = Number(a);
    return [x, y];
  });
}

describe("bands", () => {
  test("stand on each other, from the bottom of the box", () => {
    const { paths } = stackedSteps([[25, 25]], 100, 10, 100);
    expect(paths).toEqual(["M0 75H10V100H0Z", "M0 50H10V75H0Z"]);
  });

  test("follow their columns along the top, and the ones below along the bottom", () => {
    const { paths, columns } = stackedSteps(
      [
        [20, 20],
        [50, 20],
      ],
      100,
      100,
      100,
    );
    expect(paths).toEqual(["M0 80H50V50H100V100H0Z", "M0 60H50V30H100V50H50V80H0Z"]);
    expect(columns).toEqual([
      { x: 0, width: 50 },
      { x: 50, width: 50 },
    ]);
  });

  test("of equal neighbours are one line, however many there are", () => {
    const columns = Array.from({ length: 300 }, () => [10, 5]);
    expect(stackedSteps(columns, 100, 600, 100).paths).toEqual(["M0 90H600V100H0Z", "M0 85H600V90H0Z"]);
  });

  test("that hold nothing at all have no path", () => {
    expect(
      stackedSteps(
        [
          [5, 0],
          [7, 0],
        ],
        10,
        10,
        10,
      ).paths[1],
    ).toBe("");
    expect(stackedSteps([], 10, 10, 10)).toMatchObject({ paths: [], columns: [] });
  });

  test("never leave the box, and together are as high as the column's sum", () => {
    const column = fc.array(fc.nat(1_000_000), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(column, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 40, max: 1_200 }),
        (columns, width) => {
          const sums = columns.map((sizes) => sizes.reduce((a, b) => a + b, 0));
          const most = Math.max(...sums);
          const { paths, columns: places, y } = stackedSteps(columns, most, width, 170);
          for (const [x, at] of paths.flatMap(pointsOf))
            expect(x >= 0 && x <= width && at >= 0 && at <= 170).toBe(true);
          expect(places.reduce((sum, place) => sum + place.width, 0)).toBe(width);
          expect(places.every((place) => place.width >= 1)).toBe(true);
          const tops = paths.flatMap(pointsOf).map(([, at]) => at);
          if (most > 0) expect(Math.min(...tops)).toBe(y(most));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("round values", () => {
  test.each([
    [0, [0]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [100, [0, 25, 50, 75, 100]],
    [15_179, [0, 5_000, 10_000, 15_000]],
    [204_000, [0, 100_000, 200_000]],
  ])("up to %i are %j", (most, steps) => {
    expect(roundSteps(most)).toEqual(steps);
  });

  test("are few, begin at 0, are whole where counts are, and none is above", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), (most) => {
        const steps = roundSteps(most);
        expect(steps[0]).toBe(0);
        expect(steps.length >= 2 && steps.length <= 5).toBe(true);
        expect(steps.at(-1)).toBeLessThanOrEqual(most);
        expect(steps.every(Number.isInteger)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
