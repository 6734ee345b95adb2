import type { PermissionAnswered, ToolRan } from "../../model/recording.js";
import type { Interval } from "../../model/units.js";
import { clamped } from "./slack.js";

/** When a tool ran, or the user was waited for. */
export function intervalOf(line: ToolRan | PermissionAnswered): Interval {
  const startAt = line.kind === "tool" ? line.startedAt : line.askedAt;
  return { startAt, endAt: startAt + (line.kind === "tool" ? line.durationMs : line.waitedMs) };
}

export function clippedTo({ startAt, endAt }: Interval, outer: Interval): Interval {
  return { startAt: clamped(startAt, outer), endAt: clamped(endAt, outer) };
}

/** What overlaps or meets becomes one. */
export function united(intervals: readonly Interval[]): Interval[] {
  const all: Interval[] = [];
  for (const interval of intervals.toSorted((a, b) => a.startAt - b.startAt)) {
    const last = all.at(-1);
    if (last === undefined || interval.startAt > last.endAt) all.push(interval);
    else all[all.length - 1] = { startAt: last.startAt, endAt: Math.max(last.endAt, interval.endAt) };
  }
  return all;
}
