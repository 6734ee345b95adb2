import type Database from "better-sqlite3";
import type { SessionTally } from "../../model/tally.js";
import type { EpochMs } from "../../model/units.js";
import type { SessionEntry, SessionTotals, Weigh } from "../source.js";
import { columnsOf } from "../sqlite-file.js";
import type { SessionRows } from "./drafts.js";
import { knownTime } from "./known-totals.js";
import { HAS_ID, PARENT_ID } from "./session-ids.js";

/** What one generation's tables answer. Everything else is the same for all. */
export interface Tables {
  readonly form: string;
  readonly sessionTable: string;
  readonly messageTable: string;
  /** The columns without which nothing can be read, by table. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly notRecorded: readonly string[];
  readonly rows: (id: string, weigh: Weigh) => SessionRows | null;
  readonly childIds: (id: string) => readonly string[];
  readonly newestMessageAt: (id: string) => EpochMs | null;
  /** Each session alone. */
  readonly totals: () => readonly SessionTotals[];
  /** Each session alone. */
  readonly tallies: () => readonly SessionTally[];
}

/** What is missing of what the tables need: `part` or `part.data`. */
export function missingFrom(db: Database.Database, { needs }: Tables): string[] {
  return Object.entries(needs).flatMap(([table, names]) => {
    const columns = columnsOf(db, table);
    if (columns.size === 0) return [table];
    return names.filter((name) => !columns.has(name)).map((name) => `${table}.${name}`);
  });
}

/** All sessions, or with `WHERE` one. */
export function entriesOf(db: Database.Database, { sessionTable }: Tables, id?: string): SessionEntry[] {
  const select = db.prepare(`SELECT id, ${PARENT_ID}, CAST(coalesce(title, '') AS TEXT) AS title,
    CAST(coalesce(directory, '') AS TEXT) AS directory, CAST(coalesce(time_created, 0) AS NUMERIC) AS createdAt,
    CAST(coalesce(time_updated, 0) AS NUMERIC) AS updatedAt FROM ${sessionTable} WHERE ${id === undefined ? HAS_ID : "id = ?"}`);
  const rows = (id === undefined ? select.all() : select.all(id)) as SessionEntry[];
  return rows.map((row) => ({
    ...row,
    createdAt: knownTime(row.createdAt),
    updatedAt: knownTime(row.updatedAt),
  }));
}
