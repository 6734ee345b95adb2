import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import type { Note, Session } from "../model/session.js";
import { MessageData, PartData, parseData } from "./opencode-data.js";
import {
  type MessageDraft,
  type MessageRowData,
  messageDraft,
  type PartRowData,
  partDraft,
} from "./opencode-drafts.js";
import { opencodeSession, type SessionRows } from "./opencode-session.js";
import { sessionTotals } from "./opencode-totals.js";
import type { OpenOptions, SessionEntry, Source, Store, StoreDescription, Weigh } from "./source.js";
import { SourceError } from "./source-error.js";
import { asSourceError, columnsOf, looksLikeSqlite, openSqlite, type SqliteFile } from "./sqlite-file.js";

/**
 * OpenCode's SQLite database, generation 1: every schema from 1.2.1 to 1.18.34, told apart by the tables and columns
 * that are there. Read per session and by index. Never read: account*, control_account, credential, session_share.
 */
export const opencodeSqlite: Source = {
  id: "opencode-sqlite",
  recognize: async (path) => (looksLikeSqlite(path) ? "mine" : "not mine"),
  open: async (path, options: OpenOptions) => {
    const file = await openSqlite(path, options);
    try {
      assertGeneration1(file.db, path);
      return store(file, path);
    } catch (error) {
      file.close();
      throw asSourceError(error, path);
    }
  },
};

function assertGeneration1(db: Database.Database, path: string): void {
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  const has = (...names: string[]) => names.every((name) => tables.includes(name));
  if (has("sessions", "messages", "files")) throw new SourceError({ code: "go-program", path });
  const isGeneration1 = has("session", "message", "part");
  const isGeneration2 = has("session_message");
  if (!isGeneration1 && !isGeneration2) throw new SourceError({ code: "foreign-database", path, tables });
  if (isGeneration1 && (!isGeneration2 || !isEmpty(db, "message") || isEmpty(db, "session_message"))) return;
  throw new SourceError({
    code: "generation-2",
    path,
    version: newestVersion(db, has("session_v2") ? "session_v2" : "session"),
  });
}

function isEmpty(db: Database.Database, table: "message" | "session_message"): boolean {
  return db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
}

function newestVersion(db: Database.Database, table: "session" | "session_v2"): string | null {
  if (!columnsOf(db, table).has("version")) return null;
  const version = db.prepare(`SELECT version FROM ${table} ORDER BY time_created DESC LIMIT 1`).pluck().get();
  return typeof version === "string" ? version : null;
}

function store(file: SqliteFile, path: string): Store {
  const { db, notes } = file;
  const guarded = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw asSourceError(error, path);
    }
  };
  return {
    source: opencodeSqlite.id,
    path,
    notes,
    entries: () => guarded(() => db.prepare(`${SELECT_ENTRY}`).all() as SessionEntry[]),
    entry: (id) =>
      guarded(() => (db.prepare(`${SELECT_ENTRY} WHERE id = ?`).get(id) as SessionEntry | undefined) ?? null),
    totals: () => guarded(() => sessionTotals(db)),
    describe: () => guarded(() => describe(db, path)),
    // One transaction, so that a database that is being written to is seen at one moment.
    load: (id, weigh) => guarded(() => db.transaction(() => loadSession(db, path, id, weigh, notes))()),
    close: file.close,
  };
}

const SELECT_ENTRY =
  "SELECT id, parent_id AS parentId, title, directory, time_created AS createdAt, time_updated AS updatedAt FROM session";

function describe(db: Database.Database, path: string): StoreDescription {
  const count = (sql: string) => db.prepare(sql).pluck().get() as number;
  return {
    generation: "1 (message and part tables)",
    versions: db
      .prepare("SELECT version FROM session GROUP BY version ORDER BY min(time_created)")
      .pluck()
      .all() as string[],
    sessions: count("SELECT count(*) FROM session"),
    rootSessions: count("SELECT count(*) FROM session WHERE parent_id IS NULL"),
    messages: count("SELECT count(*) FROM message"),
    bytes: statSync(path).size,
    newestAt: count("SELECT max(time_updated) FROM session"),
    hasEvents: columnsOf(db, "event").size > 0 && db.prepare("SELECT 1 FROM event LIMIT 1").get() !== undefined,
  };
}

function loadSession(db: Database.Database, path: string, id: string, weigh: Weigh, notes: readonly Note[]): Session {
  const columns = columnsOf(db, "session");
  const revert = columns.has("revert") ? "revert" : "NULL";
  const selectSession = db.prepare(
    `SELECT id, parent_id AS parentId, title, directory, version, time_created AS createdAt, ${revert} AS revert FROM session WHERE id = ?`,
  );
  const selectChildren = db.prepare("SELECT id FROM session WHERE parent_id = ? ORDER BY time_created, id").pluck();
  const skipped = { messages: 0, parts: 0 };
  const all: SessionRows[] = [];
  const queue = [id];
  for (const next of queue) {
    const row = selectSession.get(next) as SessionRow | undefined;
    if (!row) throw new SourceError({ code: "unknown-session", selector: next, path });
    all.push({ ...row, revertedFrom: revertedFrom(row.revert), messages: messagesOf(db, row, weigh, skipped) });
    for (const child of selectChildren.all(next) as string[]) if (!queue.includes(child)) queue.push(child);
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
  const rows = db.prepare("SELECT id, session_id, data FROM message WHERE session_id = ? ORDER BY time_created, id");
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
  const parts = db.prepare("SELECT id, message_id, time_created, time_updated, data FROM part WHERE session_id = ?");
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
