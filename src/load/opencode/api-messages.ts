import type { Weigh } from "../source.js";
import type { SessionHead, SessionRows } from "./drafts.js";
import type { MessageRow, PartRow } from "./drafts-1.js";
import { gathered } from "./gather-1.js";
import { gathered2, type Message2Row } from "./gather-2.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Gathers the messages as exports and servers give them: generation 1 has `{info, parts}`, generation 2 has `{type, …}`;
 * what most of them are decides. The others, and what has no id, count as skipped; what is there twice counts once.
 */
export function gatheredMessages(head: SessionHead, messages: readonly unknown[], weigh: Weigh): SessionRows {
  const all = messages.map(fieldsOf);
  const rows1 = all.flatMap((message) => messageRow(message, head.id));
  const rows2 = all.flatMap(message2Row);
  const is1 = rows1.length >= rows2.length;
  const rows = is1
    ? gathered(head, rows1, all.flatMap(partRows), weigh)
    : gathered2(head, [...new Map(rows2.sort(byTime).map((row) => [row.id, row])).values()], null, weigh);
  const lost = messages.length - (is1 ? rows1 : rows2).length;
  return { ...rows, skipped: { ...rows.skipped, messages: rows.skipped.messages + lost } };
}

function messageRow({ info }: Fields, sessionId: string): MessageRow[] {
  const data = fieldsOf(info);
  return typeof data.id === "string" ? [{ id: data.id, session_id: sessionId, data }] : [];
}

function partRows({ info, parts }: Fields): PartRow[] {
  const messageId = fieldsOf(info).id;
  if (typeof messageId !== "string" || !Array.isArray(parts)) return [];
  return parts.map((data, i) => {
    const { id } = fieldsOf(data);
    const known = typeof id === "string" ? id : `${messageId}/${i}`;
    return { id: known, message_id: messageId, data, time_created: null, time_updated: null };
  });
}

function message2Row(data: Fields): Message2Row[] {
  const { id, type } = data;
  return typeof id === "string" && typeof type === "string" ? [{ id, type, time_updated: null, data }] : [];
}

/** Servers and exports keep no numbers; rows of one instant stay as they stand. */
function byTime(a: Message2Row, b: Message2Row): number {
  return createdAt(a.data) - createdAt(b.data);
}

function createdAt(data: unknown): number {
  const at = fieldsOf(fieldsOf(data).time).created;
  return typeof at === "number" ? at : 0;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
