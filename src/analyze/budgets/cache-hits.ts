import { formatCount } from "../../report/format.js";
import { type Budget, knownFigure, unknownFigure } from "./budget.js";

export const cacheHits: Budget = {
  ...{ id: "cache-hits", label: "Cache hits", unit: "share", bound: "at-least" },
  figure: ({ summary: { tokens } }) => {
    const { uncachedInput, cacheRead, cacheWrite } = tokens;
    const input = uncachedInput + cacheRead + cacheWrite;
    if (input === 0) return unknownFigure("no input was counted");
    return knownFigure(cacheRead / input, `${formatCount(cacheRead)} of ${formatCount(input)} tokens of input`);
  },
};
