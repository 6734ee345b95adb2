import type { Bytes, EpochMs, Milliseconds } from "./units.js";

/** What a process takes of memory. */
export interface MemoryUsage {
  readonly heapUsed: Bytes;
  readonly heapTotal: Bytes;
  readonly external: Bytes;
  readonly rss: Bytes;
}

/** One operation that is over. */
export interface OperationMetric {
  /** `tool-execution`, `model-call`, `permission`, or a name of one's own. */
  readonly type: string;
  /** The tool, the model, what was to be permitted. */
  readonly name: string | null;
  readonly startedAt: EpochMs;
  /** By a clock that never goes back. */
  readonly durationMs: Milliseconds;
  readonly ok: boolean;
  /** Numbers alone, as of bytes: no text of a tool's. */
  readonly metadata: Readonly<Record<string, number>>;
  /** As it was sampled last; null before the first sample. */
  readonly memory: MemoryUsage | null;
}

/** How long operations took. Quantiles by type 7 over the operations that are kept, everything else over all. */
export interface Latencies {
  readonly maxLatency: Milliseconds;
  readonly minLatency: Milliseconds;
  /** Of a sample; null for one operation alone. */
  readonly stdDevLatency: Milliseconds | null;
  /** null where none is kept. */
  readonly p50Latency: Milliseconds | null;
  /** null where fewer than 20 are kept. */
  readonly p95Latency: Milliseconds | null;
  /** null where fewer than 100 are kept. */
  readonly p99Latency: Milliseconds | null;
  /** How many operations are kept. */
  readonly kept: number;
}

/** The operations of one type. */
export interface OperationStats extends Latencies {
  readonly count: number;
  readonly failed: number;
  readonly avgLatency: Milliseconds;
  readonly totalTime: Milliseconds;
}

/** What a recorder saw of a session, as figures. Of no operation at all there is no report. */
export interface PerformanceReport extends Latencies {
  readonly sessionId: string;
  /** All, also those beyond the limit of what is kept. */
  readonly totalOperations: number;
  readonly failedOperations: number;
  readonly averageLatency: Milliseconds;
  readonly operationBreakdown: Readonly<Record<string, OperationStats>>;
  /** As it was sampled last; null where it never was. */
  readonly memoryUsage: MemoryUsage | null;
}

/** The sums over operations of one type, from which more can be added. */
export interface OperationTotals {
  readonly count: number;
  readonly failed: number;
  readonly totalMs: Milliseconds;
  readonly minMs: Milliseconds;
  readonly maxMs: Milliseconds;
  /** The sum of the squared differences from the mean. */
  readonly squaresMs2: number;
}
