import { max, mean, min, quantileSorted, sampleStandardDeviation } from "simple-statistics";
import type { OperationRow } from "../model/report.js";
import type { Milliseconds } from "../model/units.js";
import { rounded } from "./round.js";

/** No p95 under 20 values and no p99 under 100: there would be next to nothing beyond them. */
export const P95_MIN_COUNT = 20;
const P99_MIN_COUNT = 100;

/** How durations lie; null where they are too few to say. */
type Spread = Pick<OperationRow, "meanMs" | "minMs" | "maxMs" | "stdDevMs" | "p50Ms" | "p95Ms" | "p99Ms">;

/** Quantiles by type 7 (R's and numpy's default). @param sorted From the shortest to the longest. */
export function spread(sorted: readonly Milliseconds[], digits = 1): Spread {
  const values = [...sorted];
  const atLeast = (count: number, figure: () => number) => (values.length < count ? null : rounded(figure(), digits));
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
