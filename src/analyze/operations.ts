import { group } from "d3";
import { max, mean, min, quantileSorted, sampleStandardDeviation, sum } from "simple-statistics";
import type { OperationRow, ReportSpan } from "../model/report.js";
import type { Milliseconds } from "../model/units.js";
import { userWaits, workMs } from "./parallel.js";
import { rounded } from "./round.js";

/** No p95 under 20 values and no p99 under 100: there would be next to nothing beyond them. */
export const P95_MIN_COUNT = 20;
const P99_MIN_COUNT = 100;

/**
 * Statistics by operation: one row a tool, one row a model, the largest total first. Quantiles by type 7 (R's and
 * numpy's default). Calls without an end, and calls during which the machine may have slept, count but are not measured.
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

function isMeasured({ status, mayHaveSlept }: ReportSpan): boolean {
  return status !== "unfinished" && mayHaveSlept !== true;
}

type Spread = Pick<OperationRow, "meanMs" | "minMs" | "maxMs" | "stdDevMs" | "p50Ms" | "p95Ms" | "p99Ms">;

function spread(sorted: readonly Milliseconds[]): Spread {
  const values = [...sorted];
  const atLeast = (count: number, figure: () => number) => (values.length < count ? null : rounded(figure(), 1));
  return {
    meanMs: atLeast(1, () => mean(values)),
    minMs: atLeast(1, () => min(values)),
    maxMs: atLeast(1, () => max(values)),
    stdDevMs: atLeast(2, () => sampleStandardDeviation(values)),
    p50Ms: atLeast(1, () => quantileSorted(values, 0.5)),
    p95Ms: atLeast(P95_MIN_COUNT, () => quantileSorted(values, 0.95)),
    p99Ms: atLeast(P99_MIN_COUNT, () => quantileSorted(values, 0.99)),
  };
}
