import { dirname, isAbsolute, join, resolve } from "node:path";
import { opencodeDataDir } from "../load/opencode/paths.js";
import type { RecordingFile } from "../load/recording/read-recording.js";
import { hasRecordings, recordingPaths, sessionIdsOf } from "../load/recording/recording-paths.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { Note, Session } from "../model/session.js";
import { visibleLine } from "../report/visible.js";
import type { AnalysisOptions } from "./analyzed-session.js";
import type { Context } from "./context.js";
import { EXIT, type ExitCode, Failure } from "./failure.js";

/**
 * The session with what recordings of it say: those that `--recording` names, else those in OpenCode's data folder and
 * in a `sessionflame` folder in or beside the store that it was read from, unless only the source is to be read.
 */
export async function withFoundRecordings(
  session: Session,
  { recording, local, storePath }: Pick<AnalysisOptions, "recording" | "local" | "storePath">,
  { cwd, env }: Pick<Context, "cwd" | "env">,
): Promise<Session> {
  if (recording !== undefined) return withNamed(session, namedRecordings(recording, cwd));
  const paths = local ? recordingPaths(foldersOf(storePath, opencodeDataDir(env)), session) : [];
  return paths.length === 0 ? session : merged(session, await filesAt(paths));
}

/** What `--recording` names. */
interface NamedRecordings {
  readonly path: string;
  readonly isFolder: boolean;
}

/** Throws a `Failure` where there is no such file or folder, or a folder without recordings. */
export function namedRecordings(recording: string, cwd: string): NamedRecordings {
  const path = resolve(cwd, recording);
  const found = statIfThere(path);
  if (found === null) throw unusable(EXIT.notFound, "no such file or folder", path);
  const isFolder = found.isDirectory();
  if (!found.isFile() && !(isFolder && hasRecordings(path))) throw unusable(EXIT.notFound, "no recordings in", path);
  return { path, isFolder };
}

/** A server's address is no path. */
function foldersOf(storePath: string | undefined, dataDir: string): Set<string> {
  const beside = storePath !== undefined && isAbsolute(storePath) ? [storePath, dirname(storePath)] : [];
  return new Set([dataDir, ...beside].map((folder) => join(folder, "sessionflame")));
}

/** A file is taken whatever it is called; of a folder those that are called after the session. */
async function withNamed(session: Session, { path, isFolder }: NamedRecordings): Promise<Session> {
  const paths = isFolder ? recordingPaths([path], session) : [];
  const file = isFolder ? null : await usableFile(path);
  if (paths.length > 0) return merged(session, await filesAt(paths));
  if (file !== null && isAbout(file, session)) return merged(session, [file]);
  const note: Note = { kind: "info", text: "What --recording names tells nothing of this session", files: [path] };
  return { ...session, notes: [...session.notes, note] };
}

function isAbout(file: RecordingFile, session: Session): boolean {
  const ids = sessionIdsOf(session);
  return "lines" in file && file.lines.some(({ sessionId }) => ids.has(sessionId));
}

// What knows the schema of lines takes time to load.
async function merged(session: Session, files: Iterable<RecordingFile>): Promise<Session> {
  return (await import("../load/recording/with-recording.js")).withRecording(session, files);
}

async function filesAt(paths: readonly string[]): Promise<Iterable<RecordingFile>> {
  return (await import("../load/recording/read-recording.js")).recordingFiles(paths);
}

/** Beside others a file that is of no use is left out; one that was asked for must be of use. */
async function usableFile(path: string): Promise<RecordingFile> {
  const file = (await import("../load/recording/read-recording.js")).recordingFile(path);
  const isOther = "lines" in file && file.lines.length === 0 && file.skipped > 0;
  const problem = "problem" in file ? file.problem : isOther ? "no line is one of a recording" : null;
  if (problem !== null) throw unusable(EXIT.unreadable, `not usable as a recording (${problem})`, path);
  return file;
}

function unusable(exitCode: ExitCode, fact: string, path: string): Failure {
  const advice = "Name a recording, or a folder with <session id>.jsonl in it, with --recording PATH.";
  return new Failure(exitCode, visibleLine(`${fact}: ${path}`), advice);
}
