import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { TelemetryFields, TelemetryIds } from "./telemetry-fields.js";

export type { TelemetryFields, TelemetryIds };

export interface RecordOptions {
  /** Default: `.opencode/telemetry` in the nearest folder upwards that has `.opencode` or `.git`, else in this one. */
  readonly folder?: string;
}

const FILE_NAME = "telemetry.jsonl";
/** Far more than a record needs; what is longer is not written. */
const LIMIT_BYTES = 65_536;

/**
 * Appends one line to `telemetry.jsonl`, for Sessionflame to read. Returns whether it was written. Never throws: an
 * agent's work must not fail because of what is told of it.
 */
export function record<Kind extends keyof TelemetryFields>(
  kind: Kind,
  fields: TelemetryFields[Kind],
  options: RecordOptions = {},
): boolean {
  try {
    const text = lineOf(kind, fields);
    if (Buffer.byteLength(text) >= LIMIT_BYTES) return false;
    const folder = options.folder ?? join(projectFolder(resolve()), ".opencode", "telemetry");
    makeFolder(folder);
    return hasAppended(join(folder, FILE_NAME), text);
  } catch {
    return false;
  }
}

/** JSON writes a line end in a text as `\n`, so a record is always one line. */
function lineOf(kind: string, fields: TelemetryIds): string {
  const said = Object.entries(fields).filter(([name, value]) => name !== "kind" && (value ?? null) !== null);
  const given = Object.fromEntries(said);
  return JSON.stringify({ kind, at: new Date().toISOString(), ...defaultIds(given), ...given });
}

/** What the environment says, as far as it does not contradict what is given: a call of it is one of its session. */
function defaultIds(given: TelemetryIds): TelemetryIds {
  const { SESSIONFLAME_SESSION_ID: session, SESSIONFLAME_CALL_ID: call } = process.env;
  const ownSession = given.sessionId ?? given.sessionID;
  const isSameSession = ownSession === undefined || ownSession === session;
  const hasPlace = [given.messageId, given.messageID, given.callId, given.callID].some((id) => id !== undefined);
  return {
    ...(session && ownSession === undefined ? { sessionId: session } : {}),
    ...(call && isSameSession && !hasPlace ? { callId: call } : {}),
  };
}

function projectFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".opencode")) || existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return from;
  }
}

/** A folder that is made here is kept out of the project's history: what is in it is of one machine. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (mkdirSync(folder, { recursive: true }) !== undefined) writeFileSync(join(folder, ".gitignore"), "*\n");
}

// In a file that was opened to append, the system finds the end and writes there in one step: of several processes that
// write at once each has its line in one piece, as long as it is one write. (Network file systems do not promise it.)
// Links are not followed: a project must not choose what is written to outside of it. Windows has no such flag.
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

function hasAppended(path: string, text: string): boolean {
  const file = openSync(path, FLAGS, 0o666);
  try {
    // Where somebody's write was cut (a full disk, a crash), that line must not take this one with it.
    const line = Buffer.from(`${isLineCut(file) ? "\n" : ""}${text}\n`);
    return writeSync(file, line) === line.length;
  } finally {
    closeSync(file);
  }
}

/** A line without its end may also be one that is just being written: after a few looks it has its end. */
function isLineCut(file: number): boolean {
  for (let looks = 0; looks < 100; looks++) if (!isLineOpen(file)) return false;
  return true;
}

function isLineOpen(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
}
