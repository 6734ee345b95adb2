import type { Weigh } from "../source.js";
import type { MessageDraft, SessionHead, SessionRows } from "./drafts.js";
import { type MessageRow, messageDraft, type PartRow, partDraft } from "./drafts-1.js";
import { MessageData, PartData } from "./json-1.js";
import { parseData } from "./parse-data.js";
import { resetsToolStarts } from "./timing.js";

/**
 * Gathers the messages of one session of generation 1 with their parts, whatever holds them: tables, files, an export.
 * Messages come in time order. Parts stream by: no more than one is held in full.
 */
export function gathered(
  head: SessionHead,
  messages: Iterable<MessageRow>,
  parts: Iterable<PartRow>,
  weigh: Weigh,
): SessionRows {
  const skipped = { messages: 0, parts: 0 };
  const byId = new Map<string, MessageDraft>();
  for (const row of messages) {
    const data = parseData(MessageData, row.data);
    if (data) byId.set(row.id, messageDraft(row, data, head.createdAt));
    else skipped.messages++;
  }
  for (const row of parts) {
    const data = parseData(PartData, row.data);
    const message = byId.get(row.message_id);
    if (data && message) message.parts.push(partDraft(row, data, message, weigh));
    else skipped.parts++;
  }
  for (const { parts } of byId.values()) {
    // Rows come in the order in which they were written; ids say it better, where all of them can be believed.
    if (parts.every((part) => part.at !== null)) parts.sort((a, b) => (a.at as number) - (b.at as number));
  }
  const known = {
    resetsToolStarts: resetsToolStarts(head.version),
    recordsRetries: false,
    endedAs: null,
    besides: null,
  };
  return { ...head, ...known, skipped, messages: [...byId.values()] };
}
