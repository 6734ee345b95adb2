import type { OperationRow, Report } from "../../model/report.js";
import { formatCount, formatDuration } from "../../report/format.js";
import { swatch } from "../bar-svg.js";
import { spanPaint, statePaint } from "../palette.js";

/** Strings for the template of the Skills and tools section. */
export function toolsView({ time }: Report) {
  return { operations: time.operations.map(operationView) };
}

function operationView(row: OperationRow) {
  const paint =
    row.kind === "model"
      ? statePaint("generating")
      : spanPaint({ kind: "tool", state: "running-tools", tool: row.operation } as Parameters<typeof spanPaint>[0]);
  return {
    swatch: swatch(paint),
    operation: row.operation,
    count: formatCount(row.count),
    errors: row.errors === 0 ? "" : formatCount(row.errors),
    total: formatDuration(row.totalMs),
    spread: [row.meanMs, row.stdDevMs, row.minMs, row.p50Ms, row.p95Ms, row.p99Ms, row.maxMs].map(formatDuration),
  };
}
