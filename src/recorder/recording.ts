import type { RecordingLine } from "../model/recording.js";
import type { Milliseconds } from "../model/units.js";
import { atExit } from "./at-exit.js";
import { type Hooks, hooksOf } from "./hooks.js";
import { type LiveRecorder, leftSession, mayRecord } from "./in-process.js";
import { removeOldFiles } from "./old-files.js";
import { Recorder } from "./recorder.js";
import { RecordingFiles } from "./recording-file.js";
import { isRecordingName, isReportName, reportsFolder } from "./recordings-folder.js";
import { ReportFiles } from "./report-files.js";
import type { Settings } from "./settings.js";
import { startLine } from "./start-line.js";
import { repeated } from "./timers.js";

const PULSE_MS: Milliseconds = 10_000;
/** Old recordings can wait until the agent has started and is at work. */
const CLEAN_FIRST_MS: Milliseconds = 5 * 60_000;
const CLEAN_THEN_MS: Milliseconds = 10 * 60_000;

/** Starts to record into a folder. */
export function recording(folder: string, settings: Settings, warn: (message: string) => void): Hooks {
  const files = filesOf(folder, settings, warn);
  const live: LiveRecorder = { write: files.write, flush: files.flush };
  const lines = new Recorder({
    ...{ now, memory, write: files.write, mayRecord: (sessionId) => mayRecord(live, sessionId) },
    close: (sessionId) => {
      files.close(sessionId);
      leftSession(live, sessionId);
    },
  });
  const end = () => {
    lines.dispose();
    files.dispose();
  };
  const ends = [
    repeated(() => lines.pulse(), PULSE_MS, PULSE_MS),
    repeated(() => removeOld(folder), CLEAN_FIRST_MS, CLEAN_THEN_MS),
    atExit(end),
    end,
  ];
  return hooksOf(lines, () => {
    for (const stop of ends) stop();
  });
}

const now = () => ({ at: Date.now(), tick: performance.now() });

function memory() {
  const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
  return { heapUsed, heapTotal, external, rss };
}

/** Recordings and, unless the settings say otherwise, reports. A disk that fails is told of once. */
function filesOf(folder: string, { maySaveReports, maxMetrics }: Settings, warn: (message: string) => void) {
  let hasWarned = false;
  const warnOnce = (message: string) => {
    if (!hasWarned) warn(message);
    hasWarned = true;
  };
  const recordings = new RecordingFiles({ folder, startOf: startLine, warn: warnOnce });
  const reports = maySaveReports ? new ReportFiles({ folder, maxMetrics, warn: warnOnce }) : null;
  return {
    write: (line: RecordingLine) => {
      recordings.write(line);
      reports?.add(line);
    },
    close: (sessionId: string) => {
      recordings.close(sessionId);
      reports?.close(sessionId);
    },
    flush: (sessionId: string) => {
      recordings.flush();
      reports?.save(sessionId);
    },
    dispose: () => {
      recordings.dispose();
      reports?.dispose();
    },
  };
}

async function removeOld(folder: string): Promise<void> {
  await removeOldFiles(folder, isRecordingName, Date.now());
  await removeOldFiles(reportsFolder(folder), isReportName, Date.now());
}
