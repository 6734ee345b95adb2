import type { RecordingLine } from "../model/recording.js";

/** A recorder that runs in this process. */
export interface LiveRecorder {
  readonly write: (line: RecordingLine) => void;
  /** Writes and saves what waits of a session. */
  readonly flush: (sessionId: string) => void;
}

/** What recorders of one process share. OpenCode loads a plugin once for every project, and twice where it is listed twice. */
interface InProcess {
  /** By session: who records it. */
  readonly owners: Map<string, LiveRecorder>;
}

// A plugin and an agent's own code are different bundles, each with its own copy of this file.
const KEY = Symbol.for("sessionflame.recorder.1");

/** The same for all in this process. */
export function inProcess(): InProcess {
  const place = globalThis as { [KEY]?: InProcess };
  place[KEY] ??= { owners: new Map() };
  return place[KEY];
}

/** Whether a recorder may record a session: whoever saw it first does, so that nothing is written twice. */
export function mayRecord(recorder: LiveRecorder, sessionId: string): boolean {
  const { owners } = inProcess();
  const owner = owners.get(sessionId);
  if (owner === undefined) owners.set(sessionId, recorder);
  return owner === undefined || owner === recorder;
}

/** Somebody else may record it now. */
export function leftSession(recorder: LiveRecorder, sessionId: string): void {
  const { owners } = inProcess();
  if (owners.get(sessionId) === recorder) owners.delete(sessionId);
}
