import { accessSync, closeSync, constants, copyFileSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type Database from "better-sqlite3";
import type { Note } from "../model/session.js";
import type { OpenOptions } from "./source.js";
import { SourceError } from "./source-error.js";
import { statIfThere } from "./stat-if-there.js";

const MAGIC = "SQLite format 3\0";
const COPY_LIMIT_BYTES = 1024 ** 3;
const BUSY_TIMEOUT_MS = 5_000;

type DatabaseClass = typeof Database;

export interface SqliteFile {
  readonly db: Database.Database;
  readonly notes: readonly Note[];
  readonly close: () => void;
}

/** True for a file that begins as an SQLite database does. Never throws. */
export function looksLikeSqlite(path: string): boolean {
  return statIfThere(path)?.isFile() === true && readHeader(path)?.toString("latin1", 0, MAGIC.length) === MAGIC;
}

/** True for a database, and for the log or index that lies beside one. */
export function belongsToSqlite(path: string): boolean {
  return looksLikeSqlite(path) || looksLikeSqlite(path.replace(/-(wal|shm|journal)$/, ""));
}

/**
 * Opens a database that another program owns, without changing a byte of it.
 *
 * In WAL mode SQLite wants a `-shm` file even for reading. Where one is there, it is used. Where none is there and the
 * log is empty, SQLite makes both side files and `close` has them removed again. Where none is there but the log holds
 * rows, or file or folder cannot be written to, a copy in the temporary folder is read instead.
 */
export async function openSqlite(path: string, options: OpenOptions = {}): Promise<SqliteFile> {
  const Sqlite = await importSqlite();
  const busyTimeoutMs = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS;
  if (mustBeCopied(path)) return openCopy(Sqlite, path, busyTimeoutMs);
  const hadSideFiles = fileSize(`${path}-wal`) !== null || fileSize(`${path}-shm`) !== null;
  const db = openInPlace(Sqlite, path, busyTimeoutMs);
  if (!db) return openCopy(Sqlite, path, busyTimeoutMs);
  const close = () => {
    db.close();
    if (!hadSideFiles) removeEmptySideFiles(Sqlite, path);
  };
  return { db, notes: [], close };
}

/** Turns what SQLite throws into a SourceError; anything else is left as it is. */
export function asSourceError(error: unknown, path: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string" || !code.startsWith("SQLITE_")) return error;
  const reason = (error as Error).message;
  if (code.startsWith("SQLITE_BUSY")) return new SourceError({ code: "locked", path }, { cause: error });
  if (code.startsWith("SQLITE_NOTADB")) return new SourceError({ code: "not-a-database", path }, { cause: error });
  const missing = /no such (?:table|column): (\S+)/.exec(reason)?.[1];
  if (missing) return new SourceError({ code: "unknown-schema", path, missing: [missing] }, { cause: error });
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_IOERR_SHORT_READ"))
    return new SourceError({ code: "damaged", path, reason }, { cause: error });
  return new SourceError({ code: "unreadable", path, reason }, { cause: error });
}

/** Column names of a table; empty where the table is not there. */
export function columnsOf(db: Database.Database, table: string): ReadonlySet<string> {
  const rows = db.prepare("SELECT name FROM pragma_table_info(?)").all(table) as { name: string }[];
  return new Set(rows.map((row) => row.name));
}

async function importSqlite(): Promise<DatabaseClass> {
  try {
    const { default: Sqlite } = await import("better-sqlite3");
    new Sqlite(":memory:").close(); // the native part is loaded here, not at import
    return Sqlite;
  } catch (error) {
    throw new SourceError({ code: "native-module", reason: firstLine(error) }, { cause: error });
  }
}

function mustBeCopied(path: string): boolean {
  const isWal = readHeader(path)?.[18] === 2;
  if (!isWal || fileSize(`${path}-shm`) !== null) return false;
  return (fileSize(`${path}-wal`) ?? 0) > 0 || !isWritable(dirname(path)) || !isWritable(path);
}

function openCopy(Sqlite: DatabaseClass, path: string, busyTimeoutMs: number): SqliteFile {
  const bytes = (fileSize(path) ?? 0) + (fileSize(`${path}-wal`) ?? 0);
  if (bytes > COPY_LIMIT_BYTES) throw new SourceError({ code: "too-big-to-copy", path, bytes });
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-"));
  const removeCopy = () => rmSync(dir, { recursive: true, force: true });
  try {
    const copy = join(dir, basename(path));
    copyFileSync(path, copy);
    for (const log of ["-wal", "-journal"]) if (fileSize(path + log) !== null) copyFileSync(path + log, copy + log);
    const db = opened(Sqlite, copy, { timeout: busyTimeoutMs }); // what a crashed writer left open is rolled back in the copy
    const text = "The database could not be read in place, so a temporary copy of it was read.";
    const close = () => {
      db.close();
      removeCopy();
    };
    return { db, notes: [{ kind: "info", text }], close };
  } catch (error) {
    removeCopy();
    throw error;
  }
}

/** null where a crashed writer left a transaction that must be rolled back first, which reading alone cannot. */
function openInPlace(Sqlite: DatabaseClass, path: string, timeout: number): Database.Database | null {
  try {
    return opened(Sqlite, path, { readonly: true, timeout });
  } catch (error) {
    const code = ((error as SourceError).cause as { code?: string } | undefined)?.code;
    if (code?.startsWith("SQLITE_READONLY")) return null;
    throw error;
  }
}

function opened(Sqlite: DatabaseClass, path: string, options: Database.Options): Database.Database {
  try {
    const db = new Sqlite(path, { fileMustExist: true, ...options });
    db.pragma("schema_version"); // the first read: a lock or damage shows here
    return db;
  } catch (error) {
    throw asSourceError(error, path);
  }
}

/**
 * The last connection that may write removes empty side files when it closes, under SQLite's own locks: if another
 * program has opened the database meanwhile, ours is not the last and nothing is removed. With a log that holds
 * anything, closing would write to the database, so then it is left alone.
 */
function removeEmptySideFiles(Sqlite: DatabaseClass, path: string): void {
  if (fileSize(`${path}-wal`) !== 0) return;
  try {
    const db = new Sqlite(path, { fileMustExist: true, timeout: 0 });
    db.prepare("SELECT count(*) FROM sqlite_master").get();
    db.close();
  } catch {
    // Another program holds a lock, so the side files are in use.
  }
}

function readHeader(path: string): Buffer | null {
  try {
    const file = openSync(path, "r");
    try {
      const header = Buffer.alloc(100);
      return readSync(file, header, 0, 100, 0) === 100 ? header : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

function fileSize(path: string): number | null {
  return statIfThere(path)?.size ?? null;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function firstLine(error: unknown): string {
  return (String((error as Error)?.message ?? error).split("\n")[0] ?? "").replace(/[.:]?\s*(Tried:)?$/, "");
}
