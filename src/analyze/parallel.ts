import type { ReportSpan } from "../model/report.js";
import type { Interval, Milliseconds } from "../model/units.js";
import { unionMs, without } from "./union.js";

/** What parallel work saved: the durations of all operations, minus the time in which at least one ran. */
export function parallelSavingsMs(spans: readonly ReportSpan[]): Milliseconds {
  const waits = userWaits(spans);
  const ran = spans.flatMap((span, id) =>
    isOperation(id, spans) && span.state !== "waiting-for-user"
      ? without({ startAt: span.startMs, endAt: span.endMs }, waits.get(id) ?? [])
      : [],
  );
  return ran.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0) - unionMs(ran);
}

/** True for a model call or tool call that holds no other: not for a task with its subagent, nor for a batch. */
export function isOperation(id: number, spans: readonly ReportSpan[]): boolean {
  const { kind } = spans[id] as ReportSpan;
  if (kind !== "model" && kind !== "tool") return false;
  let next = id + 1;
  while (spans[next]?.parent === id && spans[next]?.kind === "wait") next++; // they stand directly behind their call
  return spans[next]?.parent !== id;
}

/** When each call waited for the user, by its id. */
export function userWaits(spans: readonly ReportSpan[]): ReadonlyMap<number, readonly Interval[]> {
  const waits = new Map<number, Interval[]>();
  for (const { kind, state, parent, startMs, endMs } of spans) {
    if (kind !== "wait" || state !== "waiting-for-user") continue;
    waits.set(parent, [...(waits.get(parent) ?? []), { startAt: startMs, endAt: endMs }]);
  }
  return waits;
}

/** How long a call took, without the time in which it waited for the user. */
export function workMs({ startMs, endMs }: ReportSpan, waits: readonly Interval[] = []): Milliseconds {
  return endMs - startMs - unionMs(waits);
}
