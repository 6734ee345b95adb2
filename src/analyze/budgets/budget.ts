import type { BudgetResult } from "../../model/check.js";
import type { Report } from "../../model/report.js";

/** A figure of a Report, in the unit of its budget. */
export interface BudgetFigure {
  /** null where it is not known. */
  readonly value: number | null;
  /** What it may be at most: more than `value` where a part of it is not known. */
  readonly most: number;
  /** What it is made of, or why it is not known. May be empty. */
  readonly remark: string;
}

/** A budget that can be set: what it is called, and the figure that is held against it. */
export interface Budget extends Pick<BudgetResult, "id" | "label" | "unit" | "bound"> {
  readonly figure: (report: Report) => BudgetFigure;
}

export function knownFigure(value: number, remark = ""): BudgetFigure {
  return { value, most: value, remark };
}

/** `missing`: why more than the value may be true. */
export function partlyKnownFigure(value: number, missing: string, most = Number.POSITIVE_INFINITY): BudgetFigure {
  return { value, most, remark: `at least: ${missing}` };
}

export function unknownFigure(remark: string): BudgetFigure {
  return { value: null, most: Number.POSITIVE_INFINITY, remark };
}

/** What came of a budget by itself. */
export type BudgetFinding = Omit<BudgetResult, "allowsUnknown">;

/** A figure against its limit. At the limit it passes; a figure that is not known never does. */
export function budgetResult(budget: Budget, limit: number | null, figure: BudgetFigure): BudgetFinding {
  const { id, label, unit, bound } = budget;
  const status = statusOf(bound, limit, figure);
  return { id, label, unit, bound, limit, actual: figure.value, status, remark: figure.remark };
}

function statusOf(bound: Budget["bound"], limit: number | null, { value, most }: BudgetFigure): BudgetResult["status"] {
  if (value === null || limit === null) return "unknown";
  if (bound === "at-least") return value >= limit ? "passed" : "failed";
  if (value > limit) return "failed";
  return most > limit ? "unknown" : "passed";
}
