import { readFileSync } from "node:fs";
import { join } from "node:path";
import { olderName, recordingName } from "./recordings-folder.js";
import { SessionMetrics } from "./session-metrics.js";

/** The operations of a session by its recording as it is now. Lines of which a half is missing are left out. */
export function recordedSoFar(folder: string, sessionId: string, maxMetrics: number): SessionMetrics {
  const metrics = new SessionMetrics(sessionId, maxMetrics);
  for (const name of [olderName(sessionId), recordingName(sessionId)])
    for (const text of linesOf(join(folder, name))) metrics.addLine(parsed(text));
  return metrics;
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
