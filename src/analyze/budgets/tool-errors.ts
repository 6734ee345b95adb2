import { formatCount, plural } from "../../report/format.js";
import { type Budget, knownFigure, unknownFigure } from "./budget.js";

export const toolErrors: Budget = {
  ...{ id: "tool-errors", label: "Tool errors", unit: "share", bound: "at-most" },
  figure: ({ summary: { toolCalls, toolErrors: failed } }) =>
    toolCalls === 0
      ? unknownFigure("no tool was called")
      : knownFigure(failed / toolCalls, `${formatCount(failed)} of ${plural(toolCalls, "call")}`),
};
