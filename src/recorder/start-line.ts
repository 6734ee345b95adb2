import type { RecordingStart } from "../model/recording.js";

/** Filled in by the build. */
declare const SESSIONFLAME_VERSION: string;

/** The first line of a recording, and of what this process adds to one. */
export function startLine(sessionId: string): RecordingStart {
  const recorder = `sessionflame ${SESSIONFLAME_VERSION}`;
  return { kind: "start", at: Date.now(), sessionId, version: 1, recorder, pid: process.pid };
}
