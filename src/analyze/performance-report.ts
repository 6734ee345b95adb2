import type {
  Latencies,
  MemoryUsage,
  OperationMetric,
  OperationStats,
  OperationTotals,
  PerformanceReport,
} from "../model/performance-report.js";
import { joinedTotals } from "./operation-totals.js";
import { rounded } from "./round.js";
import { spread } from "./spread.js";

/** A recording's lengths are whole hundredths. */
const DIGITS = 2;

/** The operations of a session: sums over all of them, and those that are kept. */
export interface Operations {
  readonly sessionId: string;
  readonly totals: ReadonlyMap<string, OperationTotals>;
  readonly kept: readonly OperationMetric[];
  readonly memory: MemoryUsage | null;
}

/** The figures of a session's operations; null where there was none. */
export function performanceReport({ sessionId, totals, kept, memory }: Operations): PerformanceReport | null {
  const all = [...totals.values()];
  if (all.length === 0) return null;
  const { count, failed, avgLatency, totalTime: _, ...latencies } = operationStats(all.reduce(joinedTotals), kept);
  const types = [...totals].map(([type, own]): readonly [string, OperationStats] => {
    return [
      type,
      operationStats(
        own,
        kept.filter((metric) => metric.type === type),
      ),
    ];
  });
  return {
    sessionId,
    ...{ totalOperations: count, failedOperations: failed, averageLatency: avgLatency, ...latencies },
    operationBreakdown: Object.fromEntries(types),
    memoryUsage: memory,
  };
}

function operationStats(totals: OperationTotals, kept: readonly OperationMetric[]): OperationStats {
  const { count, failed, totalMs } = totals;
  const totalTime = rounded(totalMs, DIGITS);
  return { count, failed, avgLatency: rounded(totalTime / count, DIGITS), totalTime, ...latencies(totals, kept) };
}

function latencies(totals: OperationTotals, kept: readonly OperationMetric[]): Latencies {
  const { count, minMs, maxMs, squaresMs2 } = totals;
  const { p50Ms, p95Ms, p99Ms } = spread(
    kept.map(({ durationMs }) => durationMs).sort((a, b) => a - b),
    DIGITS,
  );
  return {
    maxLatency: maxMs,
    minLatency: minMs,
    stdDevLatency: count < 2 ? null : rounded(Math.sqrt(squaresMs2 / (count - 1)), DIGITS),
    ...{ p50Latency: p50Ms, p95Latency: p95Ms, p99Latency: p99Ms },
    kept: kept.length,
  };
}
