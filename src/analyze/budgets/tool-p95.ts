import type { OperationRow, Report } from "../../model/report.js";
import { plural } from "../../report/format.js";
import { P95_MIN_COUNT } from "../spread.js";
import { type Budget, type BudgetFigure, knownFigure, unknownFigure } from "./budget.js";

/** The 95th percentile of one tool's calls, without waits for the user. */
export function toolP95(tool: string): Budget {
  return {
    ...{ id: `tool-p95:${tool}`, label: `p95 of ${tool}`, unit: "ms", bound: "at-most" },
    figure: (report) => p95Of(toolRow(report, tool), report),
  };
}

function toolRow({ time }: Report, tool: string): OperationRow | undefined {
  return time.operations.find(({ kind, operation }) => kind === "tool" && operation === tool);
}

function p95Of(row: OperationRow | undefined, { redaction }: Report): BudgetFigure {
  if (!row && redaction?.level === "strict")
    return unknownFigure("not called, or under another name, as --redact strict gives");
  if (!row) return unknownFigure("not called");
  if (row.p95Ms !== null) return knownFigure(row.p95Ms, `of ${plural(row.timed, "call")}`);
  return unknownFigure(`${plural(row.timed, "call")} with a known duration, a p95 takes ${P95_MIN_COUNT}`);
}

/** Tools of which there is a p95. */
export function toolsWithP95({ time }: Report): string[] {
  return time.operations.flatMap(({ kind, operation, p95Ms }) =>
    kind === "tool" && p95Ms !== null ? [operation] : [],
  );
}
