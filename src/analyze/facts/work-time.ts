import type { CriticalPathEntry, ReportSpan } from "../../model/report.js";
import type { Milliseconds } from "../../model/units.js";
import { subtreeEnds } from "../subtree-ends.js";
import { criticalSavings } from "./critical-savings.js";

/** Times of spans and all that they hold, each once, without the waits for the user: those are no part of active time. */
export interface WorkTime {
  readonly spentMs: (ids: Iterable<number>) => Milliseconds;
  /** What the turns would be shorter for sure: see `CriticalSavings`. */
  readonly savedMs: (ids: Iterable<number>) => Milliseconds;
  /** The same of the spans' own time alone, waits for the user included where they are among the spans. */
  readonly savedOwnMs: (ids: Iterable<number>) => Milliseconds;
}

export function workTime(spans: readonly ReportSpan[], path: readonly CriticalPathEntry[]): WorkTime {
  const saves = criticalSavings(
    spans,
    path.filter(({ state }) => state !== "waiting-for-user"),
  );
  const endOf = subtreeEnds(spans);
  const waitedUpTo = [0];
  for (const { kind, state, startMs, endMs } of spans) {
    const waitedMs = state === "waiting-for-user" && kind !== "user" ? endMs - startMs : 0;
    waitedUpTo.push((waitedUpTo.at(-1) as number) + waitedMs);
  }
  const workMs = (id: number): Milliseconds => {
    const { startMs, endMs } = spans[id] ?? { startMs: 0, endMs: 0 };
    const waitedMs = (waitedUpTo[endOf[id] ?? id] as number) - (waitedUpTo[id] as number);
    return Math.max(0, endMs - startMs - waitedMs);
  };
  return {
    spentMs: (ids) => outermost(ids, endOf).reduce((sum, id) => sum + workMs(id), 0),
    savedMs: saves.within,
    savedOwnMs: criticalSavings(spans, path).ofOwn,
  };
}

/** Those of the spans that no other of them holds. */
function outermost(ids: Iterable<number>, endOf: readonly number[]): number[] {
  let covered = 0;
  return [...new Set(ids)]
    .sort((a, b) => a - b)
    .filter((id) => {
      const isOutside = id >= covered;
      if (isOutside) covered = endOf[id] ?? covered;
      return isOutside;
    });
}
