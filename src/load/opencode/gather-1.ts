import type { Weigh } from "../source.js";
import type { MessageDraft, PartDraft, SessionHead, SessionRows } from "./drafts.js";
import { type MessageRow, messageDraft, type PartRow, partDraft } from "./drafts-1.js";
import type { CallEvents, PartEvents } from "./events-1.js";
import { SLACK_MS } from "./ids.js";
import { MessageData, PartData } from "./json-1.js";
import { byTime } from "./messages.js";
import { parseData } from "./parse-data.js";
import { resetsToolStarts } from "./timing.js";

/**
 * Gathers the messages of one session of generation 1 with their parts, whatever holds them: tables, files, an export.
 * Parts stream by: no more than one is held in full.
 */
export function gathered(
  head: SessionHead,
  messages: Iterable<MessageRow>,
  parts: Iterable<PartRow>,
  weigh: Weigh,
  events: PartEvents | null = null,
): SessionRows {
  const skipped = { messages: 0, parts: 0 };
  const seen = new Set<string>();
  const byId = new Map<string, MessageDraft>();
  for (const row of messages) {
    const data = parseData(MessageData, row.data);
    if (data) byId.set(row.id, messageDraft(row, data, head.createdAt));
    else skipped.messages++;
  }
  for (const row of parts) {
    const data = parseData(PartData, row.data);
    const message = byId.get(row.message_id);
    if (seen.has(row.id)) continue; // said twice
    seen.add(row.id);
    if (data && message)
      message.parts.push(withEvents(partDraft(row, data, message, weigh), events?.get(row.id), message));
    else skipped.parts++;
  }
  for (const { parts } of byId.values()) {
    // Rows come in the order in which they were written; ids say it better, where all of them can be believed.
    if (parts.every((part) => part.at !== null)) parts.sort((a, b) => (a.at as number) - (b.at as number));
  }
  const known = {
    resetsToolStarts: resetsToolStarts(head.version),
    retries: "as-waiting" as const,
    recordsCommandWaits: events !== null && events.size > 0,
    endedAs: null,
    besides: null,
  };
  return { ...head, ...known, skipped, messages: [...byId.values()].sort(byTime) };
}

/** What the event log says of a call, if it lies inside the message: the log of a fork or an import has the copy's times. */
function withEvents(part: PartDraft, known: CallEvents | undefined, { createdAt }: MessageDraft): PartDraft {
  if (part.kind !== "tool" || !known) return part;
  const isInside = known.calledAt >= createdAt - SLACK_MS && known.ranAt <= (part.endAt ?? Number.POSITIVE_INFINITY);
  return isInside ? { ...part, ...known } : part;
}
