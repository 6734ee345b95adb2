import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where recordings lie: beside OpenCode's own data, wherever its session was. */
export function recordingsFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env.XDG_DATA_HOME;
  const data = named && isAbsolute(named) ? named : join(homedir(), ".local", "share");
  return join(data, "opencode", "sessionflame");
}

/** The folder of saved reports, in that of recordings. */
export const reportsFolder = (folder: string) => join(folder, "session", "performance");
/** The saved report of a session. The id must have been checked. */
export const reportPath = (folder: string, sessionId: string) => join(reportsFolder(folder), `${sessionId}.json`);
/** Whether a file is a saved report, or was about to become one. */
export const isReportName = (name: string) => /^[A-Za-z0-9_-]{1,200}\.json(\.\d+\.tmp)?$/.test(name);
/** The file of a session. The id must have been checked. */
export const recordingName = (sessionId: string) => `${sessionId}.jsonl`;
/** What came before, of a session whose file grew too large. */
export const olderName = (sessionId: string) => `${sessionId}.1.jsonl`;
/** Whether a file is one that a recorder may have written. */
export const isRecordingName = (name: string) => /^[A-Za-z0-9_-]{1,200}(\.1)?\.jsonl$/.test(name);
