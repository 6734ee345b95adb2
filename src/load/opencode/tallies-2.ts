import type Database from "better-sqlite3";
import type { SessionTally } from "../../model/tally.js";
import { NO_SHAPE } from "../text-shape.js";
import type { MessageDraft, SessionRows } from "./drafts.js";
import { isForkCopy } from "./drafts-1.js";
import { gathered2, type Message2Row } from "./gather-2.js";
import { idTime } from "./ids.js";
import { tallied, talliesOf } from "./tallies.js";
import { type TallyHead, tallyHeads } from "./tally-heads.js";
import { MESSAGE_TYPES } from "./totals-2.js";

/** Where a field of a piece of content lies: to take the whole piece out of the JSON would copy all that a tool returned. */
const at = (path: string) => `data->(item.fullkey || '.${path}')`;

/** Every message once, session after session, and of its JSON only what is counted. */
const QUERY = `SELECT session_id, id, type, time_updated, CASE WHEN json_valid(data) THEN json_object(
    'time', data->'$.time', 'model', data->'$.model', 'tokens', data->'$.tokens', 'cost', data->'$.cost',
    'status', data->'$.status', 'name', data->'$.name', 'content', json((SELECT json_group_array(json_object('type', 'tool',
      'name', ${at("name")}, 'time', ${at("time")},
      'state', json_object('status', ${at("state.status")}, 'error', ${at("state.error")})))
      FROM json_each(data, '$.content') AS item WHERE ${at("type")} = '"tool"'))) END AS data
  FROM session_message WHERE type IN ${MESSAGE_TYPES} ORDER BY session_id, seq`;

/** The tallies of every session of generation 2. */
export function sessionTallies2(db: Database.Database, table: "session" | "session_v2"): SessionTally[] {
  const rows = rowsBySession(db);
  return talliesOf(
    tallyHeads(db, table).map((head) =>
      tallied({ entry: head, rows: rowsOf(head, rows.get(head.id) ?? []), rule: "2" }),
    ),
  );
}

function rowsBySession(db: Database.Database): ReadonlyMap<string, readonly Message2Row[]> {
  const found = new Map<string, Message2Row[]>();
  for (const row of db.prepare(QUERY).iterate() as Iterable<Message2Row & { readonly session_id: string }>) {
    const own = found.get(row.session_id);
    if (own) own.push(row);
    else found.set(row.session_id, [row]);
  }
  return found;
}

function rowsOf(head: TallyHead, rows: readonly Message2Row[]): SessionRows {
  const gathered = gathered2({ ...head, title: "", revertedFrom: null }, rows, null, () => NO_SHAPE);
  const messages = gathered.messages.map((message) => ({ ...message, isCopied: isCopied(message, head) }));
  return { ...gathered, messages };
}

/** The rows of releases after the preview say what is a fork; of sessions that were taken over from 1.x the ids do. */
function isCopied({ id, createdAt }: MessageDraft, head: TallyHead): boolean {
  if (head.isFork && createdAt < head.createdAt) return true;
  return isForkCopy(idTime(id, createdAt), createdAt, head.createdAt);
}
