import type { LedgerRow, State } from "../model/report.js";
import type { Session } from "../model/session.js";
import type { Basis, EpochMs, Interval, Milliseconds } from "../model/units.js";
import { rounded } from "./round.js";
import { STATES, type StateInterval, stateIntervals } from "./states.js";

const BASES: readonly Basis[] = ["recorded", "measured", "derived", "estimated", "unknown"];
const NOT_ACTIVE: ReadonlySet<State> = new Set(["waiting-for-user", "unknown"]);

/** Puts every millisecond of the session's wall time into exactly one state. One row a state, in the order of STATES. */
export function ledger(session: Session): LedgerRow[] {
  const wall = session.spans[0] ?? { startAt: 0, endAt: 0 };
  const intervals = stateIntervals(session);
  const msByState = partition(intervals, wall);
  const active = activeMs(STATES.map((state, i) => ({ state, ms: msByState[i] as number })));
  return STATES.map((state, i) => {
    const ms = msByState[i] as number;
    const share = NOT_ACTIVE.has(state) || active === 0 ? null : rounded(ms / active, 6);
    return { state, ms, share, basis: stateBasis(state, ms, intervals, session) };
  });
}

/** Wall time without waiting for the user and without what is unknown. */
export function activeMs(rows: readonly Pick<LedgerRow, "state" | "ms">[]): Milliseconds {
  return rows.reduce((sum, { state, ms }) => (NOT_ACTIVE.has(state) ? sum : sum + ms), 0);
}

/**
 * Sweeps once over all beginnings and ends: between two neighbours the set of intervals that hold does not change, and
 * the first state of STATES among them gets the time. O(n log n).
 */
export function partition(intervals: readonly StateInterval[], wall: Interval): Milliseconds[] {
  const ms = STATES.map(() => 0);
  const open = STATES.map(() => 0);
  const edges = intervals.flatMap(({ state, startAt, endAt }) => {
    const rank = STATES.indexOf(state);
    return endAt > startAt ? [edge(startAt, rank, 1), edge(endAt, rank, -1)] : [];
  });
  edges.sort((a, b) => a.at - b.at);
  let cursor = wall.startAt;
  for (const { at, rank, change } of edges) {
    const until = Math.min(Math.max(at, cursor), wall.endAt);
    const holding = open.findIndex((count) => count > 0);
    if (holding >= 0) ms[holding] = (ms[holding] as number) + until - cursor;
    cursor = until;
    open[rank] = (open[rank] as number) + change;
  }
  return ms;
}

function edge(at: EpochMs, rank: number, change: 1 | -1) {
  return { at, rank, change };
}

/** As sure as the least sure of the intervals; a zero is unknown where the source never records the state. */
function stateBasis(state: State, ms: Milliseconds, intervals: readonly StateInterval[], session: Session): Basis {
  if (state === "unknown") return "unknown";
  if (ms === 0) return state === "retrying" && session.records.retries !== "recorded" ? "unknown" : "measured";
  const ranks = intervals.filter((interval) => interval.state === state).map(({ basis }) => BASES.indexOf(basis));
  return BASES[ranks.reduce((weakest, rank) => Math.max(weakest, rank), 0)] as Basis;
}
