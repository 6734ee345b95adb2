import type { OperationMetric, OperationStats, OperationTotals } from "../model/performance-report.js";

/** The totals of one operation. */
export function totalsOfOne({ durationMs, ok }: OperationMetric): OperationTotals {
  const failed = ok ? 0 : 1;
  return { count: 1, failed, totalMs: durationMs, minMs: durationMs, maxMs: durationMs, squaresMs2: 0 };
}

/** The totals of both, as if all had been seen in one go (Chan, Golub and LeVeque's way to join variances). */
export function joinedTotals(a: OperationTotals, b: OperationTotals): OperationTotals {
  const count = a.count + b.count;
  const meanDifference = b.totalMs / b.count - a.totalMs / a.count;
  return {
    count,
    failed: a.failed + b.failed,
    totalMs: a.totalMs + b.totalMs,
    minMs: Math.min(a.minMs, b.minMs),
    maxMs: Math.max(a.maxMs, b.maxMs),
    squaresMs2: a.squaresMs2 + b.squaresMs2 + (meanDifference ** 2 * a.count * b.count) / count,
  };
}

/** The totals that figures were worked out from. */
export function totalsOfStats({ count, failed, totalTime, ...stats }: OperationStats): OperationTotals {
  const { minLatency, maxLatency, stdDevLatency } = stats;
  const squaresMs2 = (stdDevLatency ?? 0) ** 2 * (count - 1);
  return { count, failed, totalMs: totalTime, minMs: minLatency, maxMs: maxLatency, squaresMs2 };
}
