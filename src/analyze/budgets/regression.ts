import type { BudgetUnit } from "../../model/check.js";
import type { Report } from "../../model/report.js";
import type { Share } from "../../model/units.js";
import { isBuiltIn } from "../../report/tool-names.js";
import { rounded } from "../round.js";
import { activeTime } from "./active-time.js";
import { type Budget, type BudgetFinding, budgetResult } from "./budget.js";
import { cost } from "./cost.js";
import { tokens } from "./tokens.js";
import { toolErrors } from "./tool-errors.js";
import { toolP95, toolsWithP95 } from "./tool-p95.js";
import { wallTime } from "./wall-time.js";

/** What a session is compared with, and how much more than that it may take. */
export interface Regression {
  readonly baseline: Report;
  readonly most: Share;
}

/** Figures of which more is worse. One line each; the p95 of tools come behind. */
const COMPARED: readonly Budget[] = [wallTime, activeTime, cost, tokens, toolErrors];

/**
 * One result for each figure that is compared. What either does not know is unknown; of what the baseline knows in part,
 * that part counts, which allows less and never more.
 */
export function regressionResults(report: Report, { baseline, most }: Regression): BudgetFinding[] {
  const compared = [...COMPARED, ...commonTools(report, baseline).map(toolP95)];
  return compared.map((budget) => regressionResult(budget, report, { baseline, most }));
}

function regressionResult(budget: Budget, report: Report, { baseline, most }: Regression): BudgetFinding {
  const before = budget.figure(baseline);
  const figure = budget.figure(report);
  const limit = before.value === null ? null : limitOver(before.value, most, DIGITS[budget.unit]);
  const remark = [figure.remark, before.value === null ? `baseline: ${before.remark}` : ""].filter(Boolean).join("; ");
  const regression = { ...budget, id: `regression:${budget.id}`, label: `${budget.label} against baseline` };
  return { ...budgetResult(regression, limit, { ...figure, remark }), baseline: before.value };
}

/** Binary fractions make 114.99… of 100 and 15 %, so it is rounded, but never to less than what it is over. */
function limitOver(before: number, most: Share, digits: number): number {
  return Math.max(before, rounded(before * (1 + most), digits));
}

const DIGITS: Readonly<Record<BudgetUnit, number>> = { ms: 3, usd: 9, tokens: 3, share: 12 };

/** Names that stand for others at `strict` are not the same from report to report. */
function commonTools(report: Report, baseline: Report): string[] {
  const before = new Set(toolsWithP95(baseline));
  const isStrict = [report, baseline].some(({ redaction }) => redaction?.level === "strict");
  return toolsWithP95(report).filter((tool) => before.has(tool) && (!isStrict || isBuiltIn(tool)));
}
