import type { Interval, Milliseconds } from "../model/units.js";

/** The length of the union of the intervals: what overlaps counts once. */
export function unionMs(intervals: readonly Interval[]): Milliseconds {
  const sorted = [...intervals].sort((a, b) => a.startAt - b.startAt);
  let covered = 0;
  let cursor = Number.NEGATIVE_INFINITY;
  for (const { startAt, endAt } of sorted) {
    covered += Math.max(0, endAt - Math.max(startAt, cursor));
    cursor = Math.max(cursor, endAt);
  }
  return covered;
}

/** What is left of an interval without the holes. */
export function without(interval: Interval, holes: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  let cursor = interval.startAt;
  for (const hole of [...holes].sort((a, b) => a.startAt - b.startAt)) {
    if (hole.startAt > cursor) rest.push({ startAt: cursor, endAt: Math.min(hole.startAt, interval.endAt) });
    cursor = Math.max(cursor, hole.endAt);
  }
  if (cursor < interval.endAt) rest.push({ startAt: cursor, endAt: interval.endAt });
  return rest.filter(({ startAt, endAt }) => endAt > startAt);
}
