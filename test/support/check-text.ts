import type { BudgetResult, Check } from "../../src/model/check.js";

/** A check of a session with that title; `label` and `remark` as a report might have them. */
export function checkOf(
  budgets: readonly Partial<BudgetResult>[],
  { title = "Mend it", ...more }: { title?: string; allowsUnknown?: boolean } = {},
): Check {
  return {
    ...{ version: 1, kind: "check", session: { id: "ses_1", title }, ok: false, allowsUnknown: false, ...more },
    budgets: budgets.map((one) => ({ ...COST, allowsUnknown: more.allowsUnknown ?? false, ...one })),
  };
}

const COST: Omit<BudgetResult, "allowsUnknown"> = {
  ...{ id: "cost", label: "Cost", unit: "usd", bound: "at-most", limit: 1, actual: 2, status: "failed", remark: "" },
};
