import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import { family } from "./opencode/family.js";
import { opencodeSession } from "./opencode/session.js";
import { entriesOf, missingFrom, type Tables } from "./opencode/tables.js";
import { tables1 } from "./opencode/tables-1.js";
import { tables2 } from "./opencode/tables-2.js";
import { rootTotals } from "./opencode/totals.js";
import type { OpenOptions, Source, Store, StoreDescription } from "./source.js";
import { SourceError } from "./source-error.js";
import { asSourceError, columnsOf, looksLikeSqlite, openSqlite, type SqliteFile } from "./sqlite-file.js";
import { unitedStore } from "./united-store.js";

/**
 * OpenCode's SQLite database, of both generations, told apart by the tables that are there: a file may hold the tables
 * of 1.2 to 1.18, those of 2.x, or both. Read per session and by index.
 * Never read: account*, control_account, credential, session_share.
 */
export const opencodeSqlite: Source = {
  id: "opencode-sqlite",
  recognize: async (path) => (looksLikeSqlite(path) ? "mine" : "not mine"),
  open: async (path, options: OpenOptions) => {
    const file = await openSqlite(path, options);
    try {
      const stores = generationsIn(file.db, path).map((tables) => tableStore(file, path, tables));
      return { ...unitedStore(stores as [Store, ...Store[]], "newest"), close: file.close };
    } catch (error) {
      file.close();
      throw asSourceError(error, path);
    }
  },
};

/** The generations whose tables hold something; of an empty database, whichever it is made for. */
function generationsIn(db: Database.Database, path: string): Tables[] {
  const names = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  const has = (...wanted: string[]) => wanted.every((name) => names.includes(name));
  if (has("sessions", "messages", "files")) throw new SourceError({ code: "go-program", path });
  const isThere = ({ sessionTable, messageTable }: Tables) => has(sessionTable) && has(messageTable);
  const isFilled = ({ messageTable }: Tables) =>
    db.prepare(`SELECT 1 FROM ${messageTable} LIMIT 1`).get() !== undefined;
  const there = [tables1(db), tables2(db, has("session_v2") ? "session_v2" : "session")].filter(isThere);
  const filled = there.filter(isFilled);
  const chosen = filled.length > 0 ? filled : there.slice(has("session_v2") ? -1 : 0).slice(0, 1);
  if (chosen.length > 0) return readable(chosen, db, path);
  if (has("session") && has("part")) throw new SourceError({ code: "unknown-schema", path, missing: ["message"] });
  throw new SourceError({ code: "foreign-database", path, tables: names });
}

function readable(generations: readonly Tables[], db: Database.Database, path: string): Tables[] {
  const whole = generations.filter((tables) => missingFrom(db, tables).length === 0);
  if (whole.length > 0) return whole;
  const missing = generations.flatMap((tables) => missingFrom(db, tables));
  throw new SourceError({ code: "unknown-schema", path, missing });
}

function tableStore({ db, notes }: SqliteFile, path: string, tables: Tables): Store {
  const guarded = async <T>(read: () => T): Promise<T> => {
    try {
      return read();
    } catch (error) {
      throw asSourceError(error, path);
    }
  };
  return {
    source: opencodeSqlite.id,
    path,
    entries: () => guarded(() => entriesOf(db, tables)),
    entry: (id) => guarded(() => entriesOf(db, tables, id)[0] ?? null),
    totals: () => guarded(() => rootTotals(tables.totals())),
    tallies: () => guarded(() => tables.tallies()),
    newestMessageAt: (id) => guarded(() => tables.newestMessageAt(id)),
    describe: () => guarded(() => [{ ...description(db, path, tables), notes }]),
    // One transaction, so that a database that is being written to is seen at one moment.
    load: (id, weigh) =>
      guarded(() =>
        db.transaction(() => {
          const all = family(
            id,
            (each) => tables.rows(each, weigh),
            (rows) => tables.childIds(rows.id),
          );
          if (!all) throw new SourceError({ code: "unknown-session", selector: id, path });
          return opencodeSession(all, notes);
        })(),
      ),
    close: () => {},
  };
}

function description(db: Database.Database, path: string, tables: Tables): Omit<StoreDescription, "notes"> {
  const { sessionTable, messageTable, form, notRecorded } = tables;
  const count = (sql: string) => db.prepare(sql).pluck().get() as number;
  const version = columnsOf(db, sessionTable).has("version") ? "CAST(version AS TEXT)" : "NULL";
  return {
    path,
    form: `OpenCode database, ${form}`,
    versions: db
      .prepare(`SELECT ${version} FROM ${sessionTable} GROUP BY 1 ORDER BY min(time_created)`)
      .pluck()
      .all()
      .filter((name) => typeof name === "string"),
    sessions: count(`SELECT count(*) FROM ${sessionTable}`),
    rootSessions: count(`SELECT count(*) FROM ${sessionTable} WHERE parent_id IS NULL`),
    messages: count(`SELECT count(*) FROM ${messageTable}`),
    bytes: statSync(path).size,
    newestAt: count(`SELECT max(time_updated) FROM ${sessionTable}`),
    notRecorded,
  };
}
