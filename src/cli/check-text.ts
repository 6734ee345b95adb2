import type { BudgetResult, Check } from "../model/check.js";
import { budgetWords } from "../report/check-words.js";
import { textTable } from "./text-table.js";

const HEADING = ["STATUS", "BUDGET", "ACTUAL", "LIMIT", "REMARK"];
const ACTUAL = 2;

/** One row a budget, in the order of the check. */
export function checkText({ budgets }: Check): string {
  const rows = budgets.map((result) => {
    const { label, actual, limit, remark } = budgetWords(result);
    return [statusWords(result), label, actual, limit, remark];
  });
  return textTable([HEADING, ...rows], (column) => column === ACTUAL);
}

/** Which of several unknown figures are no reason to fail. */
function statusWords({ status, allowsUnknown }: BudgetResult): string {
  return status === "unknown" && allowsUnknown ? "unknown, allowed" : status;
}
