import type Database from "better-sqlite3";
import type { EpochMs } from "../model/units.js";
import { SLACK_MS } from "./opencode-drafts.js";
import type { SessionEntry, SessionTotals } from "./source.js";
import { columnsOf } from "./sqlite-file.js";

interface Row extends SessionEntry {
  readonly messages: number;
  readonly startedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  readonly tokens: number;
  readonly costUsd: number | null;
}

/** Totals of the root sessions, subagents included, newest first. */
export function sessionTotals(db: Database.Database): SessionTotals[] {
  const rows = db.prepare(totalsQuery(columnsOf(db, "session").has("tokens_input"))).all() as Row[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  const totals = new Map<string, Row>();
  for (const row of rows) {
    const root = rootOf(row, byId);
    const sum = totals.get(root.id);
    totals.set(root.id, sum ? added(sum, row) : { ...row, ...identity(root) });
  }
  return [...totals.values()].map(withKnownCost).sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
}

/** The session at the top of the row's parents; parents that go round in a circle end where they began. */
function rootOf(row: Row, byId: ReadonlyMap<string, Row>): Row {
  const seen = new Set([row.id]);
  let top = row;
  for (;;) {
    const parent = byId.get(top.parentId ?? "");
    if (!parent || seen.has(parent.id)) return top;
    seen.add(parent.id);
    top = parent;
  }
}

function identity({ id, parentId, title, directory, createdAt, updatedAt }: Row): SessionEntry {
  return { id, parentId, title, directory, createdAt, updatedAt };
}

/** A 0 beside no tokens is that of calls that were never counted. */
function withKnownCost(row: Row): Row {
  return row.tokens === 0 && row.costUsd === 0 ? { ...row, costUsd: null } : row;
}

function added(a: Row, b: Row): Row {
  const pick = (choose: (...n: number[]) => number, x: number | null, y: number | null) =>
    x === null || y === null ? (x ?? y) : choose(x, y);
  return {
    ...a,
    messages: a.messages + b.messages,
    startedAt: pick(Math.min, a.startedAt, b.startedAt),
    endedAt: pick(Math.max, a.endedAt, b.endedAt),
    tokens: a.tokens + b.tokens,
    costUsd: pick((x = 0, y = 0) => x + y, a.costUsd, b.costUsd),
  };
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
  return `SELECT s.id, s.parent_id AS parentId, CAST(coalesce(s.title, '') AS TEXT) AS title,
    CAST(coalesce(s.directory, '') AS TEXT) AS directory,
    coalesce(s.time_created, 0) AS createdAt, coalesce(s.time_updated, 0) AS updatedAt,
    (SELECT count(*) FROM message WHERE session_id = s.id) AS messages,
    (SELECT CAST(min(time_created) AS NUMERIC) FROM message WHERE ${own}) AS startedAt,
    (SELECT max(CAST(time_created AS NUMERIC), coalesce(${field("$.time.completed")}, ${LAST_OF_PARTS}, 0))
       FROM message m WHERE ${own} ORDER BY time_created DESC, id DESC LIMIT 1) AS endedAt,
    ${hasColumns ? columns : `coalesce(${total(messageTokens(field))}, 0)`} AS tokens,
    ${hasColumns ? "CAST(s.cost AS NUMERIC)" : total(field("$.cost"))} AS costUsd FROM session s`;
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
