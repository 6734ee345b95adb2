import { expect, test } from "vitest";
import type { BudgetResult } from "../../src/model/check.js";
import { budgetSentence, budgetWords, checkSentence } from "../../src/report/check-words.js";
import { checkOf } from "../support/check-text.js";

const one = (fields: Partial<BudgetResult>) => checkOf([fields]).budgets[0] as BudgetResult;
const sentence = (fields: Partial<BudgetResult>) => budgetSentence(one(fields)).replaceAll("\u00a0", " ");

test.each<[Partial<BudgetResult>, string]>([
  [{ unit: "usd", actual: 2, limit: 1.5 }, "$2.00, at most $1.50"],
  [{ unit: "ms", actual: 61_000, limit: 60_000 }, "1 min 01 s, at most 1 min 00 s"],
  [{ unit: "tokens", actual: 2_000_001, limit: 2e6 }, "2,000,001, at most 2,000,000"],
  [{ unit: "share", actual: 0.0769, limit: 0.05, remark: "1 of 13 calls" }, "7.7 %, at most 5 % (1 of 13 calls)"],
  [{ unit: "share", bound: "at-least", actual: 0.4, limit: 0.5 }, "40 %, at least 50 %"],
  [{ status: "unknown", actual: null, remark: "no price is known" }, "not known, at most $1.00 (no price is known)"],
  [{ status: "unknown", actual: 0.5, remark: "at least: x" }, "$0.5000, at most $1.00 (at least: x)"],
  [{ actual: 1.2, limit: 1.1, baseline: 1 }, "$1.20, at most $1.10 (baseline $1.00, +20 %)"],
  [{ actual: 0.5, limit: 1.1, baseline: 1 }, "$0.5000, at most $1.10 (baseline $1.00, −50 %)"],
  [{ actual: 1, limit: 1, baseline: 1 }, "$1.00, at most $1.00 (baseline $1.00, no change)"],
  [{ actual: 1, limit: 0, baseline: 0 }, "$1.00, at most $0 (baseline $0)"],
  [
    { status: "unknown", limit: null, baseline: null, remark: "baseline: no cost is recorded" },
    "$2.00, nothing to compare with (baseline: no cost is recorded)",
  ],
])("%j", (fields, said) => {
  expect(sentence(fields)).toBe(said);
});

test.each<[Partial<BudgetResult>, string, string]>([
  [{ unit: "ms", actual: 600_050, limit: 600_000 }, "600050 ms", "at most 600000 ms"],
  [{ unit: "usd", actual: 0.1142646, limit: 0.1142645 }, "$0.1142646", "at most $0.1142645"],
  [{ unit: "share", actual: 0.05001, limit: 0.05 }, "5.001 %", "at most 5 %"],
])("two figures that look alike and are not are shown with all their digits: %j", (fields, actual, limit) => {
  const words = budgetWords(one(fields));
  expect([words.actual, words.limit].map((text) => text.replaceAll("\u00a0", " "))).toEqual([actual, limit]);
});

test("the sum of a check names what there is of failed, unknown and passed", () => {
  const of = (...statuses: BudgetResult["status"][]) => checkSentence(checkOf(statuses.map((status) => ({ status }))));
  expect(of("failed", "failed", "unknown", "passed")).toBe("2 of 4 budgets failed, 1 unknown, 1 passed: Mend it");
  expect(of("passed")).toBe("1 of 1 budget passed: Mend it");
});
