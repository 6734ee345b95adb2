import type Database from "better-sqlite3";
import type { SessionTotals } from "../source.js";
import { columnsOf } from "../sqlite-file.js";
import { mintedBefore } from "./ids.js";
import { HAS_ID, PARENT_ID } from "./session-ids.js";

/**
 * Totals of each session of generation 2 alone. Where the session's own columns have tokens and cost, those are taken:
 * they also count the call that finds its title.
 */
export function sessionTotals2(db: Database.Database, sessionTable: string): SessionTotals[] {
  const rows = db.prepare(totalsQuery(sessionTable, columnsOf(db, sessionTable))).all() as Row[];
  return rows.map(({ firstId, startedAt, ...row }) => ({
    ...row,
    startedAt: firstId === null || startedAt === null ? null : (mintedBefore(firstId, startedAt) ?? startedAt),
  }));
}

type Row = SessionTotals & { readonly firstId: string | null };

/** What counts as a message: all but marks and the note that a session went idle. */
export const MESSAGE_TYPES = "('user', 'assistant', 'synthetic', 'skill', 'shell', 'compaction')";
const TOKENS = ["input", "output", "reasoning", "cache.read", "cache.write"];

function totalsQuery(sessionTable: string, columns: ReadonlySet<string>): string {
  const field = (path: string) =>
    `CASE WHEN json_valid(data) THEN CAST(json_extract(data, '$.${path}') AS NUMERIC) END`;
  const inMessages = (expression: string) =>
    `(SELECT sum(${expression}) FROM session_message WHERE session_id = s.id AND type IN ('assistant', 'compaction'))`;
  const column = (name: string) => `max(0, CAST(coalesce(s.${name}, 0) AS NUMERIC))`;
  const counted = TOKENS.map((name) => `tokens_${name.replace(".", "_")}`).filter((name) => columns.has(name));
  const ofColumns = counted.map(column).join(" + ");
  const ofMessages = inMessages(TOKENS.map((name) => `coalesce(${field(`tokens.${name}`)}, 0)`).join(" + "));
  const own = `session_id = s.id AND type IN ${MESSAGE_TYPES}`;
  return `SELECT s.id, ${PARENT_ID}, CAST(coalesce(s.title, '') AS TEXT) AS title,
    CAST(coalesce(s.directory, '') AS TEXT) AS directory,
    CAST(coalesce(s.time_created, 0) AS NUMERIC) AS createdAt, CAST(coalesce(s.time_updated, 0) AS NUMERIC) AS updatedAt,
    (SELECT count(*) FROM session_message WHERE ${own}) AS messages,
    (SELECT id FROM session_message WHERE ${own} ORDER BY seq LIMIT 1) AS firstId,
    (SELECT CAST(time_created AS NUMERIC) FROM session_message WHERE ${own} ORDER BY seq LIMIT 1) AS startedAt,
    (SELECT max(CAST(time_created AS NUMERIC), coalesce(${field("time.completed")}, 0))
      FROM session_message WHERE ${own} ORDER BY seq DESC LIMIT 1) AS endedAt,
    coalesce(${counted.length > 0 ? ofColumns : ofMessages}, 0) AS tokens,
    ${columns.has("cost") ? column("cost") : inMessages(field("cost"))} AS costUsd FROM ${sessionTable} s WHERE ${HAS_ID}`;
}
