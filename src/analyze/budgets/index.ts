import type { BudgetResult, BudgetStatus, Check } from "../../model/check.js";
import type { Report } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { activeTime } from "./active-time.js";
import { type Budget, type BudgetFinding, budgetResult } from "./budget.js";
import { cacheHits } from "./cache-hits.js";
import { context } from "./context.js";
import { cost } from "./cost.js";
import { type Regression, regressionResults } from "./regression.js";
import { tokens } from "./tokens.js";
import { toolErrors } from "./tool-errors.js";
import { toolP95 } from "./tool-p95.js";
import { wallTime } from "./wall-time.js";

/** Every budget of one figure, by the name of its setting. One line each. */
export const BUDGETS = {
  maxWall: wallTime,
  maxActive: activeTime,
  maxCost: cost,
  maxTokens: tokens,
  maxToolErrors: toolErrors,
  minCacheHits: cacheHits,
  maxContext: context,
} as const satisfies Readonly<Record<string, Budget>>;

export type BudgetName = keyof typeof BUDGETS;
export const BUDGET_NAMES = Object.keys(BUDGETS) as readonly BudgetName[];

/** What is asked of a session. */
export interface Budgets {
  /** In the unit of each budget. */
  readonly limits: Readonly<Partial<Record<BudgetName, number>>>;
  /** By tool. */
  readonly p95Ms: ReadonlyMap<string, Milliseconds>;
  readonly regression: Regression | null;
  /** Whether figures that are not known leave the check good; or of which budgets, by id. */
  readonly allowsUnknown: boolean | ReadonlySet<string>;
}

/** Holds every budget against its figure. */
export function check(report: Report, budgets: Budgets): Check {
  const { allowsUnknown: allowed } = budgets;
  const isAllowed = (id: string) => (typeof allowed === "boolean" ? allowed : allowed.has(id));
  const results = findings(report, budgets).map((found) => ({ ...found, allowsUnknown: isAllowed(found.id) }));
  const ok = results.every(
    ({ status, allowsUnknown }) => status === "passed" || (allowsUnknown && status === "unknown"),
  );
  const { id, title } = report.session;
  const sorted = results.sort((a, b) => rankOf(a) - rankOf(b));
  return { version: 1, kind: "check", session: { id, title }, ok, allowsUnknown: allowed === true, budgets: sorted };
}

function findings(report: Report, { limits, p95Ms, regression }: Budgets): BudgetFinding[] {
  const single = BUDGET_NAMES.flatMap((name) => {
    const limit = limits[name];
    return limit === undefined ? [] : budgetResult(BUDGETS[name], limit, BUDGETS[name].figure(report));
  });
  const byTool = [...p95Ms].map(([tool, ms]) => budgetResult(toolP95(tool), ms, toolP95(tool).figure(report)));
  return [...single, ...byTool, ...(regression ? regressionResults(report, regression) : [])];
}

const RANKS: Readonly<Record<BudgetStatus, number>> = { failed: 0, unknown: 1, passed: 3 };

/** What makes the check fail stands first. */
function rankOf({ status, allowsUnknown }: BudgetResult): number {
  return RANKS[status] + (status === "unknown" && allowsUnknown ? 1 : 0);
}
