import type Database from "better-sqlite3";
import * as v from "valibot";
import { columnsOf } from "../sqlite-file.js";
import type { Counted } from "./drafts.js";
import { Tokens, usd } from "./json-1.js";
import { parseData } from "./parse-data.js";
import { disjointCounts } from "./session-head.js";

/** The columns in which later releases keep what a session took. */
const COUNT_COLUMNS = ["input", "output", "reasoning", "cache_read", "cache_write"].map((name) => `tokens_${name}`);

/** What a session's row says was counted for it; null where the release has no such columns. */
export function countedInRow(db: Database.Database, table: "session" | "session_v2"): (id: string) => Counted | null {
  const names = countColumns(db, table);
  if (names.length === 0) return () => null;
  const query = db.prepare(`SELECT ${names.join(", ")} FROM ${table} WHERE id = ?`);
  return (id) => countedIn(query.get(id) as Readonly<Record<string, unknown>> | undefined);
}

/** The columns that `countedIn` reads; none where the release has not all of them. */
export function countColumns(db: Database.Database, table: "session" | "session_v2"): readonly string[] {
  const names = [...COUNT_COLUMNS, "cost"];
  const there = columnsOf(db, table);
  return names.every((name) => there.has(name)) ? names : [];
}

/** null where the row has no such columns, or they hold no counts. */
export function countedIn(row: Readonly<Record<string, unknown>> | undefined): Counted | null {
  const [input, output, reasoning, read, write] = COUNT_COLUMNS.map((name) => row?.[name]);
  const counted = parseData(v.object({ tokens: Tokens, cost: usd }), {
    tokens: { input, output, reasoning, cache: { read, write } },
    cost: row?.cost,
  });
  return counted && { tokens: disjointCounts(counted.tokens), costUsd: counted.cost };
}
