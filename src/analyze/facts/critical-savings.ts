import type { CriticalPathEntry, ReportSpan } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { subtreeEnds } from "../subtree-ends.js";

/** What the turns would be shorter for sure without some spans. */
export interface CriticalSavings {
  /** Of the spans' own times: not those of what they hold. */
  readonly ofOwn: (ids: Iterable<number>) => Milliseconds;
  /** Of the spans and all that they hold, each once. */
  readonly within: (ids: Iterable<number>) => Milliseconds;
}

/**
 * From the critical path. Of a span beside which nothing else was under way, all of the path that lies in it; of any other
 * one only the time in which nothing else was under way: what ran beside something longer saves nothing. So what the
 * functions return is what can be claimed, not more.
 */
export function criticalSavings(spans: readonly ReportSpan[], path: readonly CriticalPathEntry[]): CriticalSavings {
  const alone = spans.map(() => 0);
  const onPath = spans.map(() => 0);
  for (const { spanId, ms, savesAtLeastMs } of path) {
    alone[spanId] = (alone[spanId] as number) + savesAtLeastMs;
    onPath[spanId] = (onPath[spanId] as number) + ms;
  }
  const [aloneUpTo, onPathUpTo] = [sumsUpTo(alone), sumsUpTo(onPath)];
  const endOf = subtreeEnds(spans);
  const hasCompany = companies(spans);
  return {
    ofOwn: (ids) => [...new Set(ids)].reduce((sum, id) => sum + (alone[id] ?? 0), 0),
    within: (ids) => {
      let sum = 0;
      let covered = 0;
      for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
        const end = endOf[id] ?? 0;
        if (end <= covered) continue;
        const upTo = hasCompany[id] ? aloneUpTo : onPathUpTo;
        sum += (upTo[end] as number) - (upTo[id] as number);
        covered = end;
      }
      return sum;
    },
  };
}

/** At each place the sum of all before it. */
function sumsUpTo(values: readonly number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) as number) + value);
  return sums;
}

/** By span: whether a span beside it, or beside one that holds it, overlaps with that. Waits are part of their call. */
function companies(spans: readonly ReportSpan[]): boolean[] {
  const hasCompany = spans.map(() => false);
  /** Of each parent's children so far, the one that ends last. */
  const lastOf = new Map<number, number>();
  spans.forEach(({ parent, kind, startMs, endMs }, id) => {
    if (kind === "wait" || endMs === startMs) return;
    const last = lastOf.get(parent);
    if (last !== undefined && (spans[last] as ReportSpan).endMs > startMs) hasCompany[id] = hasCompany[last] = true;
    if (last === undefined || (spans[last] as ReportSpan).endMs < endMs) lastOf.set(parent, id);
  });
  // Parents stand before their children.
  spans.forEach(({ parent }, id) => {
    if (hasCompany[parent]) hasCompany[id] = true;
  });
  return hasCompany;
}
