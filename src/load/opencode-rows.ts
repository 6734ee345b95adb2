import type Database from "better-sqlite3";
import type { Note, Session } from "../model/session.js";
import { MessageData, PartData, parseData } from "./opencode-data.js";
import {
  type MessageDraft,
  type MessageRowData,
  messageDraft,
  type PartRowData,
  partDraft,
  type SessionRows,
} from "./opencode-drafts.js";
import { opencodeSession } from "./opencode-session.js";
import type { Weigh } from "./source.js";
import { SourceError } from "./source-error.js";

/** What is asked of the database for a report, always of one session and by an index. Every release has these columns. */
export const QUERIES = {
  session: `SELECT id, parent_id AS parentId, CAST(coalesce(title, '') AS TEXT) AS title,
    CAST(coalesce(directory, '') AS TEXT) AS directory, CAST(version AS TEXT) AS version,
    coalesce(time_created, 0) AS createdAt, revert FROM session WHERE id = ?`,
  children: "SELECT id FROM session WHERE parent_id = ? ORDER BY time_created, id",
  messages: "SELECT id, session_id, data FROM message WHERE session_id = ? ORDER BY time_created, id",
  parts: "SELECT id, message_id, time_created, time_updated, data FROM part WHERE session_id = ?",
} as const;

/** Loads a session and its subagents, and theirs, parents first. */
export function loadSession(
  db: Database.Database,
  path: string,
  id: string,
  weigh: Weigh,
  notes: readonly Note[],
): Session {
  const selectSession = db.prepare(QUERIES.session);
  const selectChildren = db.prepare(QUERIES.children).pluck();
  const skipped = { messages: 0, parts: 0 };
  const all: SessionRows[] = [];
  const family = new Set([id]);
  for (const next of family) {
    const row = selectSession.get(next) as SessionRow | undefined;
    if (!row) throw new SourceError({ code: "unknown-session", selector: next, path });
    all.push({ ...row, revertedFrom: revertedFrom(row.revert), messages: messagesOf(db, row, weigh, skipped) });
    for (const child of selectChildren.all(next) as string[]) family.add(child); // a set grows while it is walked
  }
  const [root, ...subagents] = all as [SessionRows, ...SessionRows[]];
  return opencodeSession(root, subagents, [...notes, ...skipNotes(skipped)]);
}

type SessionRow = Omit<SessionRows, "messages" | "revertedFrom"> & { readonly revert: string | null };

/** The messages of one session in time order, each with its parts. Parts stream by: no more than one is held in full. */
function messagesOf(
  db: Database.Database,
  session: SessionRow,
  weigh: Weigh,
  skipped: { messages: number; parts: number },
): MessageDraft[] {
  const messages: MessageDraft[] = [];
  const byId = new Map<string, MessageDraft>();
  const rows = db.prepare(QUERIES.messages);
  for (const row of rows.iterate(session.id) as Iterable<MessageRowData>) {
    const data = parseData(MessageData, row.data);
    if (!data) {
      skipped.messages++;
      continue;
    }
    const draft = messageDraft(row, data, session.createdAt);
    messages.push(draft);
    byId.set(draft.id, draft);
  }
  const parts = db.prepare(QUERIES.parts);
  for (const row of parts.iterate(session.id) as Iterable<PartRowData>) {
    const data = parseData(PartData, row.data);
    const message = byId.get(row.message_id);
    if (data && message) message.parts.push(partDraft(row, data, message, weigh));
    else skipped.parts++;
  }
  for (const { parts } of messages) {
    // Rows come in the order in which they were written; ids say it better, where all of them can be believed.
    if (parts.every((part) => part.at !== null)) parts.sort((a, b) => (a.at as number) - (b.at as number));
  }
  return messages;
}

function revertedFrom(json: string | null): string | null {
  try {
    const messageId = json === null ? null : (JSON.parse(json) as { messageID?: unknown } | null)?.messageID;
    return typeof messageId === "string" ? messageId : null;
  } catch {
    return null;
  }
}

function skipNotes({ messages, parts }: { messages: number; parts: number }): Note[] {
  const notes: Note[] = [];
  const rows = (n: number, what: string) => (n === 1 ? `1 ${what} was` : `${n} ${what}s were`);
  if (messages > 0)
    notes.push({
      kind: "skipped",
      text: `${rows(messages, "message")} skipped: not readable as JSON of a known form.`,
    });
  if (parts > 0)
    notes.push({
      kind: "skipped",
      text: `${rows(parts, "message part")} skipped: not readable, or of a message that is not there.`,
    });
  return notes;
}
