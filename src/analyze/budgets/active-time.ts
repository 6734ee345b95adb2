import { formatDuration } from "../../report/format.js";
import { type Budget, knownFigure, partlyKnownFigure, unknownFigure } from "./budget.js";

/** Time in which nothing is recorded is no part of active time, but the agent may have worked in it. */
export const activeTime: Budget = {
  ...{ id: "active-time", label: "Active time", unit: "ms", bound: "at-most" },
  figure: ({ summary, time }) => {
    if (summary.messages === 0) return unknownFigure("the session holds no message");
    const unknownMs = time.ledger.find(({ state }) => state === "unknown")?.ms ?? 0;
    if (unknownMs === 0) return knownFigure(summary.activeMs);
    const missing = `for ${formatDuration(unknownMs)} nothing is recorded`;
    return partlyKnownFigure(summary.activeMs, missing, summary.activeMs + unknownMs);
  },
};
