import type { State } from "../model/report.js";
import type { ModelSpan, Session, Span, ToolSpan } from "../model/session.js";
import type { Basis, Interval } from "../model/units.js";
import { without } from "./union.js";

/** All states; where several hold at once, the first in this list wins. */
export const STATES: readonly State[] = [
  "generating",
  "running-tools",
  "retrying",
  "waiting-for-model",
  "waiting-for-user",
  "overhead",
  "unknown",
];

export interface StateInterval extends Interval {
  readonly state: State;
  readonly basis: Basis;
}

/**
 * What held when: every span cut into intervals of one state each. Together they cover the session's wall time; they
 * overlap, and the order of STATES says which one counts.
 */
export function stateIntervals(session: Session): StateInterval[] {
  const subagentTasks = tasksWithSubagents(session.spans);
  const ofSpans = session.spans.flatMap((span, i): StateInterval[] => {
    if (span.kind === "session") return [interval("unknown", span, "unknown")];
    if (span.kind === "model") return modelIntervals(span);
    if (span.kind === "tool" && !subagentTasks.has(i)) return toolIntervals(span);
    return [interval("overhead", span, span.basis)];
  });
  return [...ofSpans, ...idleIntervals(session.spans)];
}

/** Task tools whose child session is in the data: the child's own states stand in for theirs. */
export function tasksWithSubagents(spans: readonly Span[]): ReadonlySet<number> {
  return new Set(spans.filter((span) => span.kind === "subagent" && span.parent > 0).map((span) => span.parent));
}

/**
 * A model call is retrying from its first failed attempt until the answered one is sent, waiting until the first output,
 * then generating, but for when the user was asked whether to go on. Where nothing says when the output began, all of it
 * is waiting.
 */
export function modelIntervals(span: ModelSpan): StateInterval[] {
  const { retrying, firstOutputAt, basis, heldUp = [] } = span;
  const outputAt = Math.max(firstOutputAt ?? span.endAt, retrying?.endAt ?? span.startAt);
  const waits = without({ startAt: span.startAt, endAt: outputAt }, [...(retrying ? [retrying] : []), ...heldUp]);
  const generating = without({ startAt: outputAt, endAt: span.endAt }, heldUp);
  return [
    ...(retrying ? [interval("retrying", retrying, basis)] : []),
    ...waits.map((wait) => interval("waiting-for-model", wait, basis)),
    ...generating.map((part) => interval("generating", part, basis)),
    ...heldUp.map((hold) => interval("waiting-for-user", hold, basis)),
  ];
}

export function toolIntervals(span: ToolSpan): StateInterval[] {
  const { userWaits, heldUp = [] } = span;
  const waits = [...userWaits, ...heldUp.flatMap((hold) => without(hold, userWaits))];
  return [
    ...waits.map((wait) => interval("waiting-for-user", wait, span.basis)),
    ...without(span, waits).map((part) => interval("running-tools", part, span.basis)),
  ];
}

/**
 * The time in which no turn runs: the user's, unless the record of the turn before stops without an end.
 * In a session that is a child itself this is the same: it is looked at as a session of its own.
 */
export function idleIntervals(spans: readonly Span[]): StateInterval[] {
  const session = spans[0];
  if (!session) return [];
  const idle: StateInterval[] = [];
  let last: Span | null = null;
  const turns = spans.filter((span) => span.kind === "turn" && span.parent === 0);
  for (const next of [...turns, { startAt: session.endAt, endAt: session.endAt, status: session.status } as Span]) {
    if (last && next.startAt > last.endAt) {
      const gap = { startAt: last.endAt, endAt: next.startAt };
      const isLost = last.status === "unfinished";
      idle.push(isLost ? interval("unknown", gap, "unknown") : interval("waiting-for-user", gap, "measured"));
    }
    if (!last || next.endAt > last.endAt) last = next;
  }
  return idle;
}

function interval(state: State, { startAt, endAt }: Interval, basis: Basis): StateInterval {
  return { state, startAt, endAt, basis };
}
