import type { CriticalPathEntry, ReportSpan } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";

/** What the turns would be shorter for sure without some spans. */
export interface CriticalSavings {
  /** Of the spans' own times: not those of what they hold. */
  readonly ofOwn: (ids: Iterable<number>) => Milliseconds;
  /** Of the spans and all that they hold, each once. */
  readonly within: (ids: Iterable<number>) => Milliseconds;
}

/**
 * From the critical path: the time in which nothing else was under way. What ran beside something longer saves nothing,
 * so what the functions return is what can be claimed, not more.
 */
export function criticalSavings(spans: readonly ReportSpan[], path: readonly CriticalPathEntry[]): CriticalSavings {
  const own = spans.map(() => 0);
  for (const { spanId, savesAtLeastMs } of path) own[spanId] = (own[spanId] as number) + savesAtLeastMs;
  const upTo = [0];
  for (const ms of own) upTo.push((upTo.at(-1) as number) + ms);
  const endOf = subtreeEnds(spans);
  return {
    ofOwn: (ids) => [...new Set(ids)].reduce((sum, id) => sum + (own[id] ?? 0), 0),
    within: (ids) => {
      let sum = 0;
      let covered = 0;
      for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
        const end = endOf[id] ?? 0;
        if (end <= covered) continue;
        sum += (upTo[end] as number) - (upTo[id] as number);
        covered = end;
      }
      return sum;
    },
  };
}

/** In pre-order what a span holds stands directly behind it: up to which id, by id. */
export function subtreeEnds(spans: readonly { readonly parent: number }[]): number[] {
  const ends = spans.map((_, id) => id + 1);
  for (let id = spans.length - 1; id > 0; id--) {
    const { parent } = spans[id] as { readonly parent: number };
    ends[parent] = Math.max(ends[parent] as number, ends[id] as number);
  }
  return ends;
}
