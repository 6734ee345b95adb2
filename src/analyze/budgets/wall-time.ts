import { type Budget, knownFigure, unknownFigure } from "./budget.js";

export const wallTime: Budget = {
  ...{ id: "wall-time", label: "Total time", unit: "ms", bound: "at-most" },
  figure: ({ summary }) =>
    summary.messages === 0 ? unknownFigure("the session holds no message") : knownFigure(summary.wallMs),
};
