import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../../src/analyze/budgets/index.js";
import { analyze } from "../../../src/analyze/index.js";
import type { BudgetResult } from "../../../src/model/check.js";
import type { OperationRow, Report } from "../../../src/model/report.js";
import { sessionFromStory } from "../../support/story-text.js";

const report = analyze(
  sessionFromStory("turn 0..9000\n  step 0..4000 prompt:9000 out:40 cost:0.01\n    read src/a.ts 1600..1900"),
  "test",
);
const summed = (fields: Partial<Report["summary"]>): Report => ({
  ...report,
  summary: { ...report.summary, ...fields },
});

function results(of: Report, baseline: Report, most: number): readonly BudgetResult[] {
  return check(of, { limits: {}, p95Ms: new Map(), allowsUnknown: false, regression: { baseline, most } }).budgets;
}

function statuses(of: Report, baseline: Report, most = 0): Record<string, string> {
  return Object.fromEntries(results(of, baseline, most).map(({ id, status }) => [id, status]));
}

test("a session is no regression of itself, also where not a bit more is allowed", () => {
  expect(statuses(report, report)).toEqual({
    ...{ "regression:wall-time": "passed", "regression:active-time": "passed", "regression:cost": "passed" },
    ...{ "regression:tokens": "passed", "regression:tool-errors": "passed" },
  });
});

test("any share of errors is no regression of the same share", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), (toolErrors, more) => {
      const of = summed({ toolErrors, toolCalls: toolErrors + more });
      expect(statuses(of, of)["regression:tool-errors"]).toBe("passed");
    }),
  );
});

test("so many percent more pass to the millisecond, and one more fails", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e7 }), fc.nat(200), (hundreds, percent) => {
      const baseline = summed({ wallMs: hundreds * 100 });
      const allowed = hundreds * (100 + percent);
      const of = (wallMs: number) => statuses(summed({ wallMs }), baseline, percent / 100)["regression:wall-time"];
      expect([of(allowed), of(allowed + 1)]).toEqual(["passed", "failed"]);
    }),
  );
});

test("what took less is never a regression", () => {
  const less = summed({ wallMs: 1, activeMs: 1, costUsd: 0, tokens: { ...report.summary.tokens, total: 1 } });
  expect(new Set(Object.values(statuses(less, report)))).toEqual(new Set(["passed"]));
});

test("of a baseline of nothing, nothing more is allowed", () => {
  expect(statuses(summed({ toolErrors: 1 }), summed({ toolErrors: 0 }), 9)["regression:tool-errors"]).toBe("failed");
});

test("what either does not know is unknown, with the reason and whose it is", () => {
  const unpriced = summed({ costUsd: null, costBasis: "no-price" });
  const cost = (of: Report, baseline: Report) => results(of, baseline, 1).find(({ id }) => id === "regression:cost");
  expect(cost(unpriced, report)).toMatchObject({ status: "unknown", actual: null, remark: "no price is known" });
  expect(cost(report, unpriced)).toMatchObject({
    ...{ status: "unknown", limit: null, baseline: null, remark: "baseline: no price is known" },
  });
});

describe("the p95 of tools", () => {
  const timed = (rows: Readonly<Record<string, number | null>>, level: "none" | "strict" = "none"): Report => {
    const operations = Object.entries(rows).map(
      ([operation, p95Ms]) => ({ kind: "tool", operation, p95Ms, timed: 20 }) as OperationRow,
    );
    return { ...report, time: { ...report.time, operations }, redaction: { level, credentials: [] } };
  };
  const compared = (of: Report, baseline: Report) =>
    Object.entries(statuses(of, baseline, 0.1)).filter(([id]) => id.startsWith("regression:tool-p95:"));

  test("is compared where both know it", () => {
    const baseline = timed({ bash: 100, read: null, grep: 5 });
    expect(compared(timed({ bash: 111, read: 3, glob: 7 }), baseline)).toEqual([
      ["regression:tool-p95:bash", "failed"],
    ]);
  });

  test("at strict only of tools that keep their names: a pseudonym may be another tool's", () => {
    const rows = { bash: 100, "tool-1": 5 };
    expect(compared(timed(rows, "strict"), timed(rows))).toEqual([["regression:tool-p95:bash", "passed"]]);
    expect(compared(timed(rows), timed(rows))).toHaveLength(2);
  });
});
