import type { CompositionRow } from "../../model/report.js";
import { formatCount, listed } from "../../report/format.js";
import { type Budget, type BudgetFigure, knownFigure, partlyKnownFigure, unknownFigure } from "./budget.js";
import { uncounted } from "./uncounted.js";

/** The prompt that took most of its model's context. Limits stand in the agent's own files, so they may be unknown. */
export const context: Budget = {
  ...{ id: "context", label: "Largest prompt", unit: "share", bound: "at-most" },
  figure: (report) => {
    const { composition } = report.tokens;
    if (composition.length === 0) return unknownFigure("no prompt was counted");
    const fullest = composition.filter(isLimited).reduce<LimitedRow | null>(fuller, null);
    const missing = [...unlimited(composition), ...uncounted(report)];
    if (fullest === null) return unknownFigure(listed(missing));
    return missing.length > 0 ? partlyKnownFigure(shareOf(fullest), listed(missing)) : ofLimit(fullest);
  },
};

function unlimited(composition: readonly CompositionRow[]): string[] {
  const rows = composition.filter((row) => !isLimited(row));
  const models = [...new Set(rows.map(({ model }) => model ?? "unknown model"))].sort();
  return models.length === 0 ? [] : [`no context limit is known of ${listed(models)}`];
}

type LimitedRow = CompositionRow & { readonly contextLimit: number };

function isLimited(row: CompositionRow): row is LimitedRow {
  return row.contextLimit !== null && row.contextLimit > 0;
}

function fuller(a: LimitedRow | null, b: LimitedRow): LimitedRow {
  return a === null || shareOf(b) > shareOf(a) ? b : a;
}

function shareOf({ promptTokens, contextLimit }: LimitedRow): number {
  return promptTokens / contextLimit;
}

function ofLimit(row: LimitedRow): BudgetFigure {
  const { promptTokens, contextLimit, model } = row;
  const remark = `${formatCount(promptTokens)} of ${formatCount(contextLimit)} tokens of ${model ?? "unknown model"}`;
  return knownFigure(shareOf(row), remark);
}
