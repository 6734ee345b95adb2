import type { ReportSession } from "./report.js";

/** What a budget is counted in. */
export type BudgetUnit = "ms" | "usd" | "tokens" | "share";

/** `unknown`: the figure is not known, or only a part of it, and what is missing could go beyond the limit. */
export type BudgetStatus = "failed" | "unknown" | "passed";

/** One budget, and the figure that was held against it. */
export interface BudgetResult {
  /** `cost`, `tool-p95:bash`, `regression:cost`. */
  readonly id: string;
  readonly label: string;
  readonly unit: BudgetUnit;
  /** On which side of the limit the figure must lie; at the limit itself it passes. */
  readonly bound: "at-most" | "at-least";
  /** null where a baseline does not tell it. */
  readonly limit: number | null;
  /** null where it is not known; beside `unknown` a number is the part that is known. */
  readonly actual: number | null;
  readonly status: BudgetStatus;
  /** What the figure is made of, or why it is not known. May be empty. */
  readonly remark: string;
  /** Of a regression: the baseline's figure, null where it is not known. */
  readonly baseline?: number | null;
  /** Whether it leaves the check good where its figure is not known. */
  readonly allowsUnknown: boolean;
}

/** What `sessionflame check` found of one session. */
export interface Check {
  readonly version: 1;
  readonly kind: "check";
  readonly session: Pick<ReportSession, "id" | "title">;
  /** False where a budget failed, or is unknown and that was not allowed. */
  readonly ok: boolean;
  /** Whether every budget does, by whatever name. */
  readonly allowsUnknown: boolean;
  /** What failed first, then what is unknown; of that first what does not leave the check good. */
  readonly budgets: readonly BudgetResult[];
}
