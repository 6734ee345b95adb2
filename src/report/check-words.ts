import type { BudgetResult, BudgetStatus, BudgetUnit, Check } from "../model/check.js";
import { formatCount, formatDuration, formatUsd, plural, UNKNOWN } from "./format.js";
import { displayTitle, visibleLine } from "./visible.js";

/** What is said of one budget, each text on one line. */
export interface BudgetWords {
  readonly label: string;
  readonly actual: string;
  /** `at most 10 min 00 s`. */
  readonly limit: string;
  readonly remark: string;
}

export function budgetWords(result: BudgetResult): BudgetWords {
  const { label, bound, unit, limit, actual } = result;
  const short = [actual, limit].map((value) => SHORT[unit](value));
  // Where the two look alike and are not, only all their digits say why it failed.
  const [actualText = "", limitText = ""] =
    short[0] === short[1] && actual !== limit ? [actual, limit].map((value) => EXACT[unit](value)) : short;
  return {
    label: visibleLine(label),
    actual: actualText,
    limit: limit === null ? UNKNOWN : `${bound === "at-most" ? "at most" : "at least"} ${limitText}`,
    remark: visibleLine([result.remark, baselineWords(result)].filter(Boolean).join("; ")),
  };
}

/** `$0.1143, at most $0.1000 (estimated by list prices)`. */
export function budgetSentence(result: BudgetResult): string {
  const { actual, limit, remark } = budgetWords(result);
  const figure = result.actual === null ? "not known" : actual;
  return `${figure}, ${limit === UNKNOWN ? "nothing to compare with" : limit}${remark === "" ? "" : ` (${remark})`}`;
}

/** `1 of 5 budgets failed, 1 unknown, 3 passed: Debug Auth`. */
export function checkSentence({ budgets, session }: Pick<Check, "budgets" | "session">): string {
  const counted = STATUSES.map((status) => ({ status, count: budgets.filter((one) => one.status === status).length }));
  const parts = counted
    .filter(({ count }) => count > 0)
    .map(({ status, count }, i) => `${count}${i === 0 ? ` of ${plural(budgets.length, "budget")}` : ""} ${status}`);
  return `${parts.join(", ")}: ${displayTitle(session.title)}`;
}

const STATUSES: readonly BudgetStatus[] = ["failed", "unknown", "passed"];

function baselineWords({ baseline, unit, actual }: BudgetResult): string {
  if (baseline === undefined || baseline === null) return "";
  const said = `baseline ${SHORT[unit](baseline)}`;
  return actual === null || baseline === 0 ? said : `${said}, ${changeText(actual / baseline - 1)}`;
}

function changeText(share: number): string {
  const points = decimal(Math.abs(share) * 100, 1);
  return points === "0" ? "no change" : `${share > 0 ? "+" : "−"}${points}\u00a0%`;
}

type Shown = Readonly<Record<BudgetUnit, (value: number | null) => string>>;

const SHORT: Shown = {
  ms: formatDuration,
  usd: formatUsd,
  tokens: formatCount,
  share: (value) => percentText(value, 1),
};

const EXACT: Shown = {
  ms: (value) => (value === null ? UNKNOWN : `${value}\u00a0ms`),
  usd: (value) => (value === null ? UNKNOWN : `$${decimal(value, 9)}`),
  tokens: (value) => (value === null ? UNKNOWN : String(value)),
  share: (value) => percentText(value, 10),
};

function percentText(share: number | null, digits: number): string {
  return share === null ? UNKNOWN : `${decimal(share * 100, digits)}\u00a0%`;
}

/** Without zeros at its end. */
function decimal(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
