import { expect, test } from "vitest";
import { operations } from "../../src/analyze/operations.js";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { sessionFromText } from "../support/session-text.js";

const calls = (durations: readonly number[], status = "") =>
  durations.map((ms, i) => `  bash ${i * 10_000}..${i * 10_000 + ms} ${status}`);
const rowsOf = (...lines: readonly string[]) =>
  operations(reportSpans(sessionFromText(["session 0..10000000", ...lines].join("\n"))).spans);

/*
 * python3 -c "import numpy as np; a=[120,340,560,900,1500,4200]; print(np.mean(a), np.std(a, ddof=1), np.quantile(a, .5))"
 * 1270.0 1514.34 730.0
 */
test("mean, spread and median equal numpy's", () => {
  expect(rowsOf(...calls([120, 340, 560, 900, 1500, 4200]))).toEqual([
    {
      ...{
        operation: "bash",
        kind: "tool",
        count: 6,
        timed: 6,
        errors: 0,
        totalMs: 7620,
        meanMs: 1270,
        minMs: 120,
        maxMs: 4200,
      },
      ...{ stdDevMs: 1514.3, p50Ms: 730, p95Ms: null, p99Ms: null },
    },
  ]);
});

/* python3 -c "import numpy as np; a=np.arange(1,101)*10; print(np.quantile(a, .95), np.quantile(a, .99))"  ->  950.5 990.1 */
test("p95 needs 20 calls and p99 needs 100", () => {
  const upTo = (count: number) => rowsOf(...calls(Array.from({ length: count }, (_, i) => (i + 1) * 10)))[0];
  expect(upTo(19)).toMatchObject({ p95Ms: null, p99Ms: null });
  expect(upTo(20)).toMatchObject({ p95Ms: 190.5, p99Ms: null });
  expect(upTo(100)).toMatchObject({ p95Ms: 950.5, p99Ms: 990.1 });
});

test("calls without an end, and calls that may have slept, are counted but not measured", () => {
  const [row] = rowsOf("  bash 0..100", "  bash 200..300 unfinished", "  bash 400..2000000");
  expect(row).toMatchObject({ count: 3, timed: 1, totalMs: 100, meanMs: 100, stdDevMs: null });
});

test("failed calls are counted; the largest total comes first", () => {
  const rows = rowsOf("  read 0..10 error", "  read 20..30", "  grep 40..90");
  expect(rows.map(({ operation, count, errors }) => [operation, count, errors])).toEqual([
    ["grep", 1, 0],
    ["read", 2, 1],
  ]);
});
