import type Database from "better-sqlite3";
import { columnsOf } from "../sqlite-file.js";
import { countColumns, countedIn } from "./counted-in-row.js";
import { knownTime } from "./known-totals.js";
import { HAS_ID, PARENT_ID } from "./session-ids.js";
import type { TalliedSession } from "./tallies.js";

/** What a tally needs of a session's row. */
export interface TallyHead extends Omit<TalliedSession, "rule" | "messages" | "unreadable"> {
  readonly version: string | null;
  /** True where the row says that it is a fork, which only generation 2 does. */
  readonly isFork: boolean;
}

/** Every session, in the order of the table, in which OpenCode adds them up. */
export function tallyHeads(db: Database.Database, table: "session" | "session_v2"): TallyHead[] {
  const columns = columnsOf(db, table);
  const text = (name: string) => (columns.has(name) ? `CAST(${name} AS TEXT)` : "NULL");
  const counts = countColumns(db, table).map((name) => `, ${name}`);
  const rows = db.prepare(`SELECT id, ${PARENT_ID}, CAST(coalesce(directory, '') AS TEXT) AS directory,
    ${text("project_id")} AS projectId, ${text("version")} AS version, ${text("fork_session_id")} AS forkOf,
    CAST(coalesce(time_created, 0) AS NUMERIC) AS createdAt, CAST(coalesce(time_updated, 0) AS NUMERIC) AS updatedAt
    ${counts.join("")} FROM ${table} WHERE ${HAS_ID}`);
  return (rows.all() as (Omit<TallyHead, "isFork" | "counted"> & { readonly forkOf: string | null })[]).map((row) => {
    const { id, parentId, directory, projectId, version, forkOf } = row;
    const [createdAt, updatedAt] = [knownTime(row.createdAt), knownTime(row.updatedAt)];
    const head = { id, parentId, directory, projectId, version, createdAt, updatedAt };
    return { ...head, isFork: forkOf !== null, counted: countedIn({ ...row }) };
  });
}
