import type Database from "better-sqlite3";
import type { EpochMs } from "../../model/units.js";
import { countedInRow } from "./counted-in-row.js";
import type { SessionHead } from "./drafts.js";
import type { MessageRow, PartRow } from "./drafts-1.js";
import { hasEvents1, partEvents } from "./events-1.js";
import { gathered } from "./gather-1.js";
import { revertedFrom } from "./session-head.js";
import { HAS_ID, PARENT_ID } from "./session-ids.js";
import type { Tables } from "./tables.js";
import { sessionTallies1 } from "./tallies-1.js";
import { sessionTotals } from "./totals-1.js";

/** What is asked of the database for a report, always of one session and by an index. Every release has these columns. */
export const QUERIES = {
  session: `SELECT id, ${PARENT_ID}, CAST(coalesce(title, '') AS TEXT) AS title,
    CAST(coalesce(directory, '') AS TEXT) AS directory, CAST(version AS TEXT) AS version,
    coalesce(time_created, 0) AS createdAt, revert FROM session WHERE id = ?`,
  children: `SELECT id FROM session WHERE parent_id = ? AND ${HAS_ID} ORDER BY time_created, id`,
  messages: "SELECT id, session_id, data FROM message WHERE session_id = ? ORDER BY time_created, id",
  parts: "SELECT id, message_id, time_created, time_updated, data FROM part WHERE session_id = ?",
  newest: "SELECT time_created FROM message WHERE session_id = ? ORDER BY time_created DESC, id DESC LIMIT 1",
} as const;

/** What is read of generation 1. Later releases have more columns; none has fewer. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  session: ["id", "parent_id", "title", "directory", "version", "revert", "time_created", "time_updated"],
  message: ["id", "session_id", "time_created", "data"],
  part: ["id", "message_id", "session_id", "time_created", "time_updated", "data"],
};

/** The tables of 1.2 to 1.18: `session`, `message`, `part`. */
export function tables1(db: Database.Database): Tables {
  type Head = Omit<SessionHead, "revertedFrom" | "counted"> & { readonly revert: string | null };
  const countedOf = countedInRow(db, "session");
  const hasLog = hasEvents1(db);
  return {
    form: `generation 1 (message and part tables${hasLog ? ", event log" : ""})`,
    sessionTable: "session",
    messageTable: "message",
    needs: COLUMNS,
    notRecorded: [
      "failed attempts",
      hasLog ? "permission prompts other than those of commands" : "permission prompts",
      "the system prompt and tool definitions",
    ],
    rows: (id, weigh) => {
      const head = db.prepare(QUERIES.session).get(id) as Head | undefined;
      if (!head) return null;
      const messages = db.prepare(QUERIES.messages).iterate(id) as Iterable<MessageRow>;
      const parts = db.prepare(QUERIES.parts).iterate(id) as Iterable<PartRow>;
      return gathered(
        { ...head, revertedFrom: revertedFrom(head.revert), counted: countedOf(id) },
        messages,
        parts,
        weigh,
        hasLog ? partEvents(db, id) : null,
      );
    },
    childIds: (id) => db.prepare(QUERIES.children).pluck().all(id) as string[],
    newestMessageAt: (id) => (db.prepare(QUERIES.newest).pluck().get(id) as EpochMs | undefined) ?? null,
    totals: () => sessionTotals(db),
    tallies: () => sessionTallies1(db),
  };
}
