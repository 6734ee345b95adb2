import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import { loadSession } from "./opencode-rows.js";
import { sessionTotals } from "./opencode-totals.js";
import type { OpenOptions, SessionEntry, Source, Store, StoreDescription } from "./source.js";
import { SourceError } from "./source-error.js";
import { asSourceError, columnsOf, looksLikeSqlite, openSqlite, type SqliteFile } from "./sqlite-file.js";

/**
 * OpenCode's SQLite database, generation 1: every schema from 1.2.1 to 1.18.34, told apart by the tables and columns
 * that are there. Read per session and by index. Never read: account*, control_account, credential, session_share.
 */
export const opencodeSqlite: Source = {
  id: "opencode-sqlite",
  recognize: async (path) => (looksLikeSqlite(path) ? "mine" : "not mine"),
  open: async (path, options: OpenOptions) => {
    const file = await openSqlite(path, options);
    try {
      assertGeneration1(file.db, path);
      return store(file, path);
    } catch (error) {
      file.close();
      throw asSourceError(error, path);
    }
  },
};

/** What is read of generation 1. Later releases have more columns; none has fewer. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  session: ["id", "parent_id", "title", "directory", "version", "revert", "time_created", "time_updated"],
  message: ["id", "session_id", "time_created", "data"],
  part: ["id", "message_id", "session_id", "time_created", "time_updated", "data"],
};

function assertGeneration1(db: Database.Database, path: string): void {
  const select = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
  const tables = db.prepare(select).pluck().all() as string[];
  const has = (...names: string[]) => names.every((name) => tables.includes(name));
  if (has("sessions", "messages", "files")) throw new SourceError({ code: "go-program", path });
  const hasOld = has("message") && !isEmpty(db, "message");
  const hasNew = has("session_v2") || (has("session_message") && !isEmpty(db, "session_message"));
  if (hasNew && !hasOld) {
    const version = newestVersion(db, has("session_v2") ? "session_v2" : "session");
    throw new SourceError({ code: "generation-2", path, version });
  }
  if (!has("session") || !(has("message") || has("part")))
    throw new SourceError({ code: "foreign-database", path, tables });
  const missing = Object.entries(COLUMNS).flatMap(([table, names]) => missingOf(columnsOf(db, table), table, names));
  if (missing.length > 0) throw new SourceError({ code: "unknown-schema", path, missing });
}

function missingOf(columns: ReadonlySet<string>, table: string, names: readonly string[]): string[] {
  if (columns.size === 0) return [table];
  return names.filter((name) => !columns.has(name)).map((name) => `${table}.${name}`);
}

function isEmpty(db: Database.Database, table: "message" | "session_message"): boolean {
  return db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
}

function newestVersion(db: Database.Database, table: "session" | "session_v2"): string | null {
  if (!columnsOf(db, table).has("version")) return null;
  const version = db.prepare(`SELECT version FROM ${table} ORDER BY time_created DESC LIMIT 1`).pluck().get();
  return typeof version === "string" ? version : null;
}

function store(file: SqliteFile, path: string): Store {
  const { db, notes } = file;
  const guarded = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw asSourceError(error, path);
    }
  };
  return {
    source: opencodeSqlite.id,
    path,
    notes,
    entries: () => guarded(() => db.prepare(SELECT_ENTRY).all() as SessionEntry[]),
    entry: (id) =>
      guarded(() => (db.prepare(`${SELECT_ENTRY} WHERE id = ?`).get(id) as SessionEntry | undefined) ?? null),
    totals: () => guarded(() => sessionTotals(db)),
    describe: () => guarded(() => describe(db, path)),
    // One transaction, so that a database that is being written to is seen at one moment.
    load: (id, weigh) => guarded(() => db.transaction(() => loadSession(db, path, id, weigh, notes))()),
    close: file.close,
  };
}

const SELECT_ENTRY = `SELECT id, parent_id AS parentId, CAST(coalesce(title, '') AS TEXT) AS title, CAST(coalesce(directory, '') AS TEXT) AS directory,
  coalesce(time_created, 0) AS createdAt, coalesce(time_updated, 0) AS updatedAt FROM session`;

function describe(db: Database.Database, path: string): StoreDescription {
  const count = (sql: string) => db.prepare(sql).pluck().get() as number;
  return {
    generation: "1 (message and part tables)",
    versions: db
      .prepare("SELECT version FROM session GROUP BY version ORDER BY min(time_created)")
      .pluck()
      .all() as string[],
    sessions: count("SELECT count(*) FROM session"),
    rootSessions: count("SELECT count(*) FROM session WHERE parent_id IS NULL"),
    messages: count("SELECT count(*) FROM message"),
    bytes: statSync(path).size,
    newestAt: count("SELECT max(time_updated) FROM session"),
    hasEvents: columnsOf(db, "event").size > 0 && db.prepare("SELECT 1 FROM event LIMIT 1").get() !== undefined,
  };
}
