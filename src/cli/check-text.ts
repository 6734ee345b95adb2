import type { Check } from "../model/check.js";
import { budgetWords } from "../report/check-words.js";
import { textTable } from "./text-table.js";

const HEADING = ["STATUS", "BUDGET", "ACTUAL", "LIMIT", "REMARK"];
const ACTUAL = 2;

/** One row a budget, in the order of the check. */
export function checkText({ budgets }: Check): string {
  const rows = budgets.map((result) => {
    const { label, actual, limit, remark } = budgetWords(result);
    return [result.status, label, actual, limit, remark];
  });
  return textTable([HEADING, ...rows], (column) => column === ACTUAL);
}
