import fc from "fast-check";
import { expect, test } from "vitest";
import { alignedPairs } from "../../../src/analyze/comparison/aligned.js";

const drawn = (a: string, b: string) =>
  alignedPairs([...a], [...b])
    .map(([i, j]) => `${a[i] ?? "-"}${b[j] ?? "-"}`)
    .join(" ");

test.each([
  ["abc", "abc", "aa bb cc"],
  ["abc", "xyz", "ax by cz"],
  ["abc", "bc", "a- bb cc"],
  ["bc", "abc", "-a bb cc"],
  ["abcd", "axd", "aa bx c- dd"],
  ["aab", "ab", "aa a- bb"],
  ["", "ab", "-a -b"],
  ["", "", ""],
])("%j beside %j is %j", (a, b, pairs) => {
  expect(drawn(a, b)).toBe(pairs);
});

test("every item stands in one pair, in order on both sides", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 });
  fc.assert(
    fc.property(words, words, (a, b) => {
      const pairs = alignedPairs(a, b);
      expect(pairs.map(([i]) => i).filter((i) => i >= 0)).toEqual(a.map((_, i) => i));
      expect(pairs.map(([, j]) => j).filter((j) => j >= 0)).toEqual(b.map((_, j) => j));
      expect(pairs.every(([i, j]) => i >= 0 || j >= 0)).toBe(true);
    }),
  );
});

test("very long lists are paired by place", () => {
  const many = Array.from({ length: 5_000 }, (_, i) => String(i));
  expect(alignedPairs(many, many.slice(1))[0]).toEqual([0, 0]);
});
