import { group } from "d3";
import { sum } from "simple-statistics";
import type { OperationRow, ReportSpan } from "../model/report.js";
import type { Milliseconds } from "../model/units.js";
import { userWaits, workMs } from "./parallel.js";
import { spread } from "./spread.js";

/**
 * Statistics by operation: one row a tool, one row a model, the largest total first. Calls without an end, calls during
 * which the machine may have slept, and calls that were nothing but a wait for the user count but are not measured.
 */
export function operations(spans: readonly ReportSpan[]): OperationRow[] {
  const waits = userWaits(spans);
  const calls = spans.flatMap((span, id) =>
    span.kind === "model" || span.kind === "tool" ? [{ ...span, workMs: workMs(span, waits.get(id)) }] : [],
  );
  const rows = [...group(calls, ({ kind, name }) => `${kind} ${name}`).values()].map(operationRow);
  return rows.sort((a, b) => b.totalMs - a.totalMs || (a.operation < b.operation ? -1 : 1));
}

type Call = ReportSpan & { readonly workMs: Milliseconds };

function operationRow(calls: readonly Call[]): OperationRow {
  const { kind, name } = calls[0] as Call;
  const durations = calls.filter(isMeasured).map((call) => call.workMs);
  return {
    operation: name,
    kind: kind === "model" ? "model" : "tool",
    count: calls.length,
    timed: durations.length,
    errors: calls.filter(({ status }) => status === "error").length,
    totalMs: sum(durations),
    ...spread([...durations].sort((a, b) => a - b)),
  };
}

function isMeasured({ status, state, mayHaveSlept }: ReportSpan): boolean {
  return status !== "unfinished" && state !== "waiting-for-user" && mayHaveSlept !== true;
}
