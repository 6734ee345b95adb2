import type { Report } from "../../model/report.js";
import { listed, plural } from "../../report/format.js";
import { type Budget, knownFigure, partlyKnownFigure, unknownFigure } from "./budget.js";
import { calledNoModel, NO_MODEL } from "./called-no-model.js";
import { uncounted } from "./uncounted.js";

export const cost: Budget = {
  ...{ id: "cost", label: "Cost", unit: "usd", bound: "at-most" },
  figure: (report) => {
    const { costUsd, costBasis } = report.summary;
    if (costUsd === null && !calledNoModel(report))
      return unknownFigure(costBasis === "no-price" ? "no price is known" : "no cost is recorded");
    const missing = [...unpriced(report), ...uncounted(report)];
    if (missing.length > 0) return partlyKnownFigure(costUsd ?? 0, listed(missing));
    if (costUsd === null) return knownFigure(0, NO_MODEL);
    return knownFigure(costUsd, costBasis === null ? "" : REMARKS[costBasis]);
  },
};

const REMARKS = {
  recorded: "",
  estimated: "estimated by list prices",
  free: "recorded (subscription or free)",
  "no-price": "",
} as const;

function unpriced({ tokens }: Report): string[] {
  const count = tokens.byMessage.filter(({ costBasis }) => costBasis === "no-price").length;
  return count === 0 ? [] : [`${plural(count, "call")} without a price`];
}
