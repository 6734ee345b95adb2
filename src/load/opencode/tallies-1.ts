import type Database from "better-sqlite3";
import type { SessionTally } from "../../model/tally.js";
import { NO_SHAPE } from "../text-shape.js";
import { countColumns } from "./counted-in-row.js";
import type { MessageDraft } from "./drafts.js";
import { type MessageRow, messageDraft, type PartRow, partDraft } from "./drafts-1.js";
import { MessageData, PartData } from "./json-1.js";
import { byTime } from "./messages.js";
import { parseData } from "./parse-data.js";
import { type TalliedCall, talliedCall } from "./tallied-calls.js";
import { sessionTallies, type TalliedSession } from "./tallies.js";
import { type TallyHead, tallyHeads } from "./tally-heads.js";
import { resetsToolStarts } from "./timing.js";

/**
 * What is asked of the database for totals over all sessions: every table once, in no order, and of its JSON only what
 * is counted. A part can hold megabytes: only what has the word in it can be a call and is looked into.
 */
const QUERIES = {
  messages: `SELECT id, session_id, CASE WHEN json_valid(data) THEN json_object('role', data->'$.role',
    'time', data->'$.time', 'providerID', data->'$.providerID', 'modelID', data->'$.modelID',
    'cost', data->'$.cost', 'tokens', data->'$.tokens') END AS data FROM message`,
  calls: `SELECT id, message_id, time_created, time_updated, json_object('type', 'tool', 'tool', data->'$.tool',
    'state', json_object('status', data->'$.state.status', 'time', data->'$.state.time',
      'error', substr(data->>'$.state.error', 1, 200),
      'metadata', json_object('interrupted', data->'$.state.metadata.interrupted'))) AS data
    FROM part WHERE instr(data, '"tool"') AND CASE WHEN json_valid(data) THEN data->>'$.type' END = 'tool'`,
} as const;

/** The tallies of every session of generation 1. */
export function sessionTallies1(db: Database.Database): SessionTally[] {
  const heads = tallyHeads(db, "session");
  const messages = messagesBySession(db, new Map(heads.map((head) => [head.id, head])));
  const rule = countColumns(db, "session").length > 0 ? "1.15" : "1.1";
  const sessions = heads.map((head) => {
    const { drafts = [], unreadable = 0 } = messages.get(head.id) ?? {};
    return { ...head, rule, unreadable, messages: drafts.sort(byTime) } as const;
  });
  return sessionTallies(sessions, callsIn(db, sessions));
}

function messagesBySession(db: Database.Database, heads: ReadonlyMap<string, TallyHead>) {
  const found = new Map<string, { readonly drafts: MessageDraft[]; unreadable: number }>();
  for (const row of db.prepare(QUERIES.messages).iterate() as Iterable<MessageRow>) {
    const head = heads.get(row.session_id);
    if (!head) continue;
    const own = found.get(head.id) ?? { drafts: [], unreadable: 0 };
    found.set(head.id, own);
    const data = parseData(MessageData, row.data);
    if (data) own.drafts.push(messageDraft(row, data, head.createdAt));
    else own.unreadable++;
  }
  return found;
}

function* callsIn(db: Database.Database, sessions: readonly (TalliedSession & TallyHead)[]): Iterable<TalliedCall> {
  const byId = new Map(sessions.flatMap(({ messages }) => messages.map((message) => [message.id, message])));
  const resets = new Set(sessions.filter(({ version }) => resetsToolStarts(version)).map(({ id }) => id));
  for (const row of db.prepare(QUERIES.calls).iterate() as Iterable<PartRow>) {
    const message = byId.get(row.message_id);
    const data = message ? parseData(PartData, row.data) : null;
    const draft = message && data ? partDraft(row, data, message, () => NO_SHAPE) : null;
    if (message && draft?.kind === "tool") yield talliedCall(draft, message, resets.has(message.sessionId));
  }
}
