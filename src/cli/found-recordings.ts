import { dirname, isAbsolute, join } from "node:path";
import { opencodeDataDir } from "../load/opencode/paths.js";
import { recordingFiles, recordingPaths } from "../load/recording/read-recording.js";
import type { Session } from "../model/session.js";
import type { Context } from "./context.js";

/**
 * The session with what recordings of it say: those in OpenCode's data folder, and those in a `sessionflame` folder in
 * or beside the store that it was read from (`storePath`).
 */
export async function withFoundRecordings(
  session: Session,
  storePath: string | undefined,
  { env }: Pick<Context, "env">,
): Promise<Session> {
  const paths = recordingPaths(foldersOf(storePath, opencodeDataDir(env)), session);
  if (paths.length === 0) return session;
  const { withRecording } = await import("../load/recording/with-recording.js"); // the schema takes time to load
  return withRecording(session, recordingFiles(paths));
}

/** A server's address is no path. */
function foldersOf(storePath: string | undefined, dataDir: string): Set<string> {
  const beside = storePath !== undefined && isAbsolute(storePath) ? [storePath, dirname(storePath)] : [];
  return new Set([dataDir, ...beside].map((folder) => join(folder, "sessionflame")));
}
