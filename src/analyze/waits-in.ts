import type { ReportSpan, State } from "../model/report.js";

/** The waits in a call, by id: they stand directly behind it. */
export function waitsIn(id: number, spans: readonly ReportSpan[]): number[] {
  const waits: number[] = [];
  for (let at = id + 1; spans[at]?.parent === id; at++) if (spans[at]?.kind === "wait") waits.push(at);
  return waits;
}

/** Where a call was in a state: the call itself, if all of it was, else its waits that were. */
export function inState(state: State, id: number, spans: readonly ReportSpan[]): number[] {
  return spans[id]?.state === state ? [id] : waitsIn(id, spans).filter((wait) => spans[wait]?.state === state);
}
