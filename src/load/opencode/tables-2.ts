import type Database from "better-sqlite3";
import type { EpochMs } from "../../model/units.js";
import { columnsOf } from "../sqlite-file.js";
import { countedInRow } from "./counted-in-row.js";
import type { SessionHead } from "./drafts.js";
import { eventsOf, hasEvents2 } from "./events-2.js";
import { gathered2, type Message2Row } from "./gather-2.js";
import { revertedFrom } from "./session-head.js";
import { HAS_ID, PARENT_ID } from "./session-ids.js";
import type { Tables } from "./tables.js";
import { sessionTallies2 } from "./tallies-2.js";
import { besides } from "./totals.js";
import { sessionTotals2 } from "./totals-2.js";

/** What is asked of the database for a report, always of one session and by an index. */
export function queries2(db: Database.Database, sessionTable: string) {
  const columns = columnsOf(db, sessionTable);
  const ifThere = (name: string, otherwise = "NULL") =>
    columns.has(name) ? `coalesce(${name}, ${otherwise})` : otherwise;
  const counted = ["input", "output", "reasoning", "cache_read", "cache_write"].map((kind) =>
    ifThere(`tokens_${kind}`, "0"),
  );
  return {
    session: `SELECT id, ${PARENT_ID}, CAST(coalesce(title, '') AS TEXT) AS title,
      CAST(coalesce(directory, '') AS TEXT) AS directory, CAST(${ifThere("version")} AS TEXT) AS version,
      CAST(coalesce(time_created, 0) AS NUMERIC) AS createdAt, ${ifThere("revert")} AS revert,
      CAST(${counted.join(" + ")} AS NUMERIC) AS tokens, CAST(${ifThere("cost", "0")} AS NUMERIC) AS costUsd FROM ${sessionTable} WHERE id = ?`,
    children: `SELECT id FROM ${sessionTable} WHERE parent_id = ? AND ${HAS_ID} ORDER BY time_created, id`,
    messages: "SELECT id, type, time_updated, data FROM session_message WHERE session_id = ? ORDER BY seq",
    newest: `SELECT max(time_created) FROM session_message
      WHERE session_id = ? AND type IN ('user', 'assistant', 'shell', 'compaction')`,
  };
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  session_message: ["id", "session_id", "type", "seq", "time_created", "time_updated", "data"],
};
const SESSION_COLUMNS = ["id", "parent_id", "title", "directory", "time_created", "time_updated"];

type Head = Omit<SessionHead, "revertedFrom" | "counted"> & {
  readonly revert: string | null;
  readonly tokens: number;
  readonly costUsd: number;
};

/** The tables of 2.x: `session_message` and `session_v2`, which is `session` in betas. */
export function tables2(db: Database.Database, sessionTable: "session" | "session_v2"): Tables {
  const queries = queries2(db, sessionTable);
  const countedOf = countedInRow(db, sessionTable);
  const hasLog = hasEvents2(db);
  return {
    form: `generation 2 (session_message table${hasLog ? ", event log" : ""})`,
    sessionTable,
    messageTable: "session_message",
    needs: { [sessionTable]: SESSION_COLUMNS, ...COLUMNS },
    notRecorded: [
      ...(hasLog ? [] : ["failed attempts", "when a text began and ended"]),
      "permission prompts",
      "tool definitions",
    ],
    rows: (id, weigh) => {
      const head = db.prepare(queries.session).get(id) as Head | undefined;
      if (!head) return null;
      const messages = db.prepare(queries.messages).iterate(id) as Iterable<Message2Row>;
      const { revert, tokens, costUsd, ...known } = head;
      const events = hasLog ? eventsOf(db, id) : null;
      const recorded = { revertedFrom: revertedFrom(revert), counted: countedOf(id) };
      const rows = gathered2({ ...known, ...recorded }, messages, events, weigh);
      return { ...rows, besides: besides(rows, tokens, costUsd) };
    },
    childIds: (id) => db.prepare(queries.children).pluck().all(id) as string[],
    newestMessageAt: (id) => db.prepare(queries.newest).pluck().get(id) as EpochMs | null,
    totals: () => sessionTotals2(db, sessionTable),
    tallies: () => sessionTallies2(db, sessionTable),
  };
}
