import { expect, test } from "vitest";
import { hiddenTime } from "../../src/analyze/facts/hidden-time.js";

test.each([
  [10_000, 9_900, "; 100\u00a0ms of it ran beside other work and is not counted"],
  [10_000, 9_901, ""],
  [100_000, 99_000, "; 1.0\u00a0s of it ran beside other work and is not counted"],
  [100_000, 99_001, ""],
])("of %i ms of which %i are saved", (spentMs, savedMs, words) => {
  expect(hiddenTime(spentMs, savedMs)).toBe(words);
});
