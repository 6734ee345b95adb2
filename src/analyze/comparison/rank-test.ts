import { errorFunction, wilcoxonRankSum } from "simple-statistics";
import type { RankTest, Verdict } from "../../model/comparison.js";
import type { Share } from "../../model/units.js";
import { rounded } from "../round.js";

/** With fewer no difference could be told from chance with any confidence: of 3 and 3 the least p is 0.1. */
export const FEWEST_SESSIONS = 5;
/** The verdict is of the usual level. */
const LEVEL: Share = 0.05;
/** Up to here the arrangements are counted: their number is still exact. */
const MOST_COUNTED = 50;
const P_DIGITS = 6;

/** Whether B's figures tend to be larger or smaller than A's. */
export function rankTest(a: readonly number[], b: readonly number[]): RankTest {
  const [nA, nB] = [a.length, b.length];
  if (Math.min(nA, nB) < FEWEST_SESSIONS) return { nA, nB, u: null, p: null, verdict: "too-few" };
  // The rank sum of a sample is at least 1 + ... + n: what lies above that is U.
  const u = wilcoxonRankSum([...b], [...a]) - (nB * (nB + 1)) / 2;
  const p = rounded(twoSidedP(u, a, b), P_DIGITS);
  return { nA, nB, u, p, verdict: verdictOf(p, u, nA * nB) };
}

function verdictOf(p: Share, u: number, pairs: number): Verdict {
  if (p >= LEVEL) return "none";
  return u > pairs / 2 ? "more" : "less";
}

function twoSidedP(u: number, a: readonly number[], b: readonly number[]): Share {
  const ties = tieSizes([...a, ...b]);
  const isExact = ties.every((size) => size === 1) && a.length + b.length <= MOST_COUNTED;
  return isExact ? exactP(u, a.length, b.length) : normalP(u, a.length, b.length, ties);
}

/** Twice the part of all arrangements of which U is as far out on this side, or further. */
function exactP(u: number, nA: number, nB: number): Share {
  const counts = arrangements(nA, nB);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const outer = Math.min(u, nA * nB - u);
  const tail = counts.slice(0, outer + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * tail) / total);
}

/**
 * How many arrangements of so many distinct figures have each U: the coefficients of the Gaussian binomial
 * (1 − q^(nA+1))⋯(1 − q^(nA+nB)) / ((1 − q)⋯(1 − q^nB)), factor by factor.
 */
function arrangements(nA: number, nB: number): number[] {
  const counts = new Array<number>(nA * nB + 1).fill(0);
  counts[0] = 1;
  for (let i = 1; i <= nB; i++) {
    for (let u = counts.length - 1; u >= nA + i; u--)
      counts[u] = (counts[u] as number) - (counts[u - nA - i] as number);
    for (let u = i; u < counts.length; u++) counts[u] = (counts[u] as number) + (counts[u - i] as number);
  }
  return counts;
}

/**
 * By the normal distribution with U's mean nA·nB / 2 and, for ties of t figures each, its variance
 * nA·nB / 12 · (n + 1 − Σ(t³ − t) / (n·(n − 1))), half a step nearer to the mean because U goes in steps.
 */
function normalP(u: number, nA: number, nB: number, ties: readonly number[]): Share {
  const n = nA + nB;
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0) / (n * (n - 1));
  const deviation = Math.sqrt(((nA * nB) / 12) * (n + 1 - tied));
  const distance = Math.max(0, Math.abs(u - (nA * nB) / 2) - 0.5);
  return deviation === 0 ? 1 : Math.min(1, 1 - errorFunction(distance / deviation / Math.SQRT2));
}

/** How many figures there are of each value. */
function tieSizes(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
}
