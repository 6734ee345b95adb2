import { statePaint, toolPaint } from "../../flame/palette.js";
import type { OperationRow, Report } from "../../model/report.js";
import { formatCount } from "../../report/format.js";
import { swatch } from "../bar-svg.js";
import { countUnlessZero, durationFigure } from "./figure.js";

/** Strings for the template of the Skills and tools section. */
export function toolsView({ time, summary }: Report) {
  const nothing =
    summary.toolCalls === 0
      ? "No model call and no tool call."
      : "The calls of this session were copied with its messages from another one: they have no time here.";
  return { operations: time.operations.map(operationView), nothing };
}

function operationView(row: OperationRow) {
  const paint = row.kind === "model" ? statePaint("generating") : toolPaint(row.operation);
  const spread = [row.meanMs, row.stdDevMs, row.minMs, row.p50Ms, row.p95Ms, row.p99Ms, row.maxMs];
  return {
    swatch: swatch(paint),
    operation: row.operation,
    calls: row.count,
    count: formatCount(row.count),
    timed: row.timed === row.count ? "" : `${formatCount(row.timed)} timed`,
    figures: [countUnlessZero(row.errors), durationFigure(row.totalMs), ...spread.map(durationFigure)],
  };
}
