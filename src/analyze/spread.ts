import { max, mean, min, quantileSorted, sampleStandardDeviation } from "simple-statistics";
import type { Milliseconds } from "../model/units.js";
import { rounded } from "./round.js";

/** No p95 under 20 values and no p99 under 100: there would be next to nothing beyond them. */
export const P95_MIN_COUNT = 20;
const P99_MIN_COUNT = 100;

/** How durations lie; null where they are too few to say. */
export interface Spread {
  readonly meanMs: Milliseconds | null;
  readonly minMs: Milliseconds | null;
  readonly maxMs: Milliseconds | null;
  readonly stdDevMs: Milliseconds | null;
  readonly p50Ms: Milliseconds | null;
  readonly p95Ms: Milliseconds | null;
  readonly p99Ms: Milliseconds | null;
}

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
