import type { MemoryUsage } from "../model/performance-report.js";
import type { RecordingLine } from "../model/recording.js";
import type { Milliseconds } from "../model/units.js";
import type { Moment, SessionState } from "./session-state.js";

/** What a recorder needs of the world. Tests give it another one. */
export interface Surroundings {
  readonly now: () => Moment;
  readonly memory: () => MemoryUsage;
  readonly write: (line: RecordingLine) => void;
  /** Whether nobody else in this process records the session. */
  readonly mayRecord: (sessionId: string) => boolean;
  /** Nothing more is to come of a session. */
  readonly close: (sessionId: string) => void;
}

type Unplaced<Line> = Line extends RecordingLine ? Omit<Line, "at" | "sessionId"> : never;

/** What a line says besides when and of which session. */
export type LineBody = Unplaced<RecordingLine>;

/** One hook or event: when it came, of which session, and where lines go. */
export interface Pen {
  readonly now: Moment;
  readonly state: SessionState;
  readonly write: Surroundings["write"];
  readonly memory: Surroundings["memory"];
}

/** Writes one line. @param at When it happened; default: now. */
export function put({ now, state, write }: Pen, body: LineBody, at = now.at): void {
  const place = { kind: body.kind, at, sessionId: state.id }; // first in every line
  write({ ...place, ...body } as RecordingLine);
}

/** Writes what the process takes of memory. */
export function putMemory(pen: Pen): void {
  put(pen, { kind: "memory", ...pen.memory() });
}

/** How long it is since then, to a hundredth of a millisecond, by the clock that never goes back. */
export function since(tick: Milliseconds, now: Moment): Milliseconds {
  return Math.round((now.tick - tick) * 100) / 100;
}
