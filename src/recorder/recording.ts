import type { RecordingStart } from "../model/recording.js";
import type { Milliseconds } from "../model/units.js";
import { atExit } from "./at-exit.js";
import { type Hooks, hooksOf } from "./hooks.js";
import { removeOldRecordings } from "./old-recordings.js";
import type { Surroundings } from "./pen.js";
import { Recorder } from "./recorder.js";
import { RecordingFiles } from "./recording-file.js";
import { repeated } from "./timers.js";

const PULSE_MS: Milliseconds = 10_000;
/** Old recordings can wait until the agent has started and is at work. */
const CLEAN_FIRST_MS: Milliseconds = 5 * 60_000;
const CLEAN_THEN_MS: Milliseconds = 10 * 60_000;

/** Starts to record into a folder. @param recorder Who writes: a name and a version. */
export function recording(folder: string, recorder: string, warn: (message: string) => void): Hooks {
  const startOf = (sessionId: string): RecordingStart => {
    return { kind: "start", at: Date.now(), sessionId, version: 1, recorder, pid: process.pid };
  };
  const files = new RecordingFiles({ folder, startOf, warn });
  const lines = new Recorder(surroundings(files));
  const ends = [
    repeated(() => lines.pulse(), PULSE_MS, PULSE_MS),
    repeated(() => removeOldRecordings(folder, Date.now()), CLEAN_FIRST_MS, CLEAN_THEN_MS),
    atExit(() => lines.dispose()),
    () => lines.dispose(),
    () => files.dispose(),
  ];
  return hooksOf(lines, () => {
    for (const end of ends) end();
  });
}

function surroundings(files: RecordingFiles): Surroundings {
  return {
    now: () => ({ at: Date.now(), tick: performance.now() }),
    memory: () => {
      const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
      return { heapUsed, heapTotal, external, rss };
    },
    write: (line) => files.write(line),
    close: (sessionId) => files.close(sessionId),
  };
}
