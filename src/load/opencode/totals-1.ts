import type Database from "better-sqlite3";
import type { SessionTotals } from "../source.js";
import { columnsOf } from "../sqlite-file.js";
import { SLACK_MS } from "./ids.js";
import { HAS_ID, PARENT_ID } from "./session-ids.js";

/** Totals of each session alone. */
export function sessionTotals(db: Database.Database): SessionTotals[] {
  return db.prepare(totalsQuery(columnsOf(db, "session").has("tokens_input"))).all() as SessionTotals[];
}

/**
 * Newer releases keep cost and tokens on the session's row; else they are summed over the messages. Times come from the
 * index, and only the last message's data is read for its end. Rows that are no JSON count as nothing.
 */
function totalsQuery(hasColumns: boolean): string {
  const field = (path: string) => `CASE WHEN json_valid(data) THEN CAST(json_extract(data, '${path}') AS NUMERIC) END`;
  const total = (expression: string) => `(SELECT sum(${expression}) FROM message WHERE session_id = s.id)`;
  const columns = TOKEN_COLUMNS.map((column) => `CAST(coalesce(s.${column}, 0) AS NUMERIC)`).join(" + ");
  // What a fork copied is older than the fork.
  const own = `session_id = s.id AND time_created >= s.time_created - ${SLACK_MS}`;
  return `SELECT s.id, ${PARENT_ID}, CAST(coalesce(s.title, '') AS TEXT) AS title,
    CAST(coalesce(s.directory, '') AS TEXT) AS directory,
    coalesce(s.time_created, 0) AS createdAt, coalesce(s.time_updated, 0) AS updatedAt,
    (SELECT count(*) FROM message WHERE session_id = s.id) AS messages,
    (SELECT CAST(min(time_created) AS NUMERIC) FROM message WHERE ${own}) AS startedAt,
    (SELECT max(CAST(time_created AS NUMERIC), coalesce(${field("$.time.completed")}, ${LAST_OF_PARTS}, 0))
       FROM message m WHERE ${own} ORDER BY time_created DESC, id DESC LIMIT 1) AS endedAt,
    ${hasColumns ? columns : `coalesce(${total(messageTokens(field))}, 0)`} AS tokens,
    ${hasColumns ? "CAST(s.cost AS NUMERIC)" : total(field("$.cost"))} AS costUsd FROM session s WHERE ${HAS_ID}`;
}

const TOKEN_COLUMNS = ["tokens_input", "tokens_output", "tokens_reasoning", "tokens_cache_read", "tokens_cache_write"];

/** The last time that is recorded in the parts of a message without an end. */
const LAST_OF_PARTS = `(SELECT max(${["$.time.start", "$.time.end", "$.state.time.start", "$.state.time.end"]
  .map((path) => `coalesce(CASE WHEN json_valid(p.data) THEN CAST(json_extract(p.data, '${path}') AS NUMERIC) END, 0)`)
  .join(", ")}) AS lastAt FROM part p WHERE p.message_id = m.id ORDER BY lastAt DESC LIMIT 1)`;

/** The stored total; without one reasoning is part of output. */
function messageTokens(field: (path: string) => string): string {
  const parts = ["$.tokens.input", "$.tokens.output", "$.tokens.cache.read", "$.tokens.cache.write"];
  return `coalesce(${field("$.tokens.total")}, ${parts.map((path) => `coalesce(${field(path)}, 0)`).join(" + ")})`;
}
