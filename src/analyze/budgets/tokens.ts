import { listed } from "../../report/format.js";
import { type Budget, knownFigure, partlyKnownFigure, unknownFigure } from "./budget.js";
import { calledNoModel, NO_MODEL } from "./called-no-model.js";
import { uncounted } from "./uncounted.js";

export const tokens: Budget = {
  ...{ id: "tokens", label: "Total tokens", unit: "tokens", bound: "at-most" },
  figure: (report) => {
    const { total } = report.summary.tokens;
    const isNone = calledNoModel(report);
    if (total === 0 && !isNone) return unknownFigure("no tokens were counted");
    const missing = uncounted(report);
    return missing.length > 0 ? partlyKnownFigure(total, listed(missing)) : knownFigure(total, isNone ? NO_MODEL : "");
  },
};
