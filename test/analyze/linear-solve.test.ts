import fc from "fast-check";
import { expect, test } from "vitest";
import { linearSolve } from "../../src/analyze/linear-solve.js";

const number = fc.integer({ min: -100, max: 100 });
const times = (matrix: readonly (readonly number[])[], x: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * (x[i] as number), 0));
const squares = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc.tuple(
      fc.array(fc.array(number, { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
      fc.array(number, { minLength: size, maxLength: size }),
    ),
  );

test("equations with one solution are solved", () => {
  fc.assert(
    fc.property(squares, ([matrix, solution]) => {
      // A heavy diagonal: no equation is near to a sum of others.
      const sound = matrix.map((row, i) => row.map((value, j) => (i === j ? value + 1000 : value)));
      const solved = linearSolve(sound, times(sound, solution));
      solution.forEach((value, i) => {
        expect(solved?.[i]).toBeCloseTo(value, 6);
      });
    }),
  );
});

test("an equation that is a sum of others leaves no one solution", () => {
  fc.assert(
    fc.property(squares, ([matrix, right]) => {
      const sum = matrix[0]?.map((_, j) => matrix.reduce((total, row) => total + (row[j] as number), 0)) as number[];
      const dependent = [...matrix, sum].map((row) => [...row, row[0] as number]);
      expect(linearSolve(dependent, [...right, 1])).toBeNull();
    }),
  );
});

test("a 0 in the first place is no reason to give up", () => {
  const solved = linearSolve(
    [
      [0, 2],
      [3, 1],
    ],
    [4, 5],
  );
  expect(solved).toEqual([1, 2]);
});

test("numbers of very different size are no reason to give up", () => {
  const solved = linearSolve(
    [
      [1e-6, 0],
      [0, 1e12],
    ],
    [3e-6, 2e12],
  );
  expect(solved?.[0]).toBeCloseTo(3);
  expect(solved?.[1]).toBeCloseTo(2);
});

test("equations that say nothing have no one solution", () => {
  expect(linearSolve([[0]], [0])).toBeNull();
});

test("no equations have no unknowns", () => {
  expect(linearSolve([], [])).toEqual([]);
});
