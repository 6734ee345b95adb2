import type { Outcome } from "../../model/session.js";
import type { EpochMs } from "../../model/units.js";
import { parsedJson } from "../json-text.js";
import type { Weigh } from "../source.js";
import type { MessageDraft, SessionHead, SessionRows } from "./drafts.js";
import { messageDraft2 } from "./drafts-2.js";
import type { SessionEvents } from "./events-2.js";
import { Message2 } from "./json-2.js";
import { parseData } from "./parse-data.js";
import { resetsToolStarts } from "./timing.js";

/** A message of generation 2, wherever it lies. `data`: JSON, as text or parsed; it may hold the type itself. */
export interface Message2Row {
  readonly id: string;
  readonly type: string;
  readonly time_updated: EpochMs | null;
  readonly data: unknown;
}

const OUTCOMES = { succeeded: "complete", failed: "failed", interrupted: "aborted" } as const;

/** Gathers the messages of one session of generation 2, whatever holds them, in their order. */
export function gathered2(
  head: SessionHead,
  rows: Iterable<Message2Row>,
  events: SessionEvents | null,
  weigh: Weigh,
): SessionRows {
  const skipped = { messages: 0, parts: 0 };
  const messages: MessageDraft[] = [];
  const compactions = [...(events?.compactions ?? [])];
  const countsReasoningInside = /^1\.[0-3]\./.test(head.version ?? "");
  let endedAs: Outcome | null = null;
  for (const row of rows) {
    const json = typeof row.data === "string" ? parsedJson(row.data) : row.data;
    const data = parseData(Message2, typeof json === "object" ? { ...json, type: row.type } : json);
    if (!data) {
      skipped.messages++;
      continue;
    }
    endedAs = data.type === "idle" ? OUTCOMES[data.outcome] : null;
    if (data.type === "assistant") skipped.parts += data.content.filter((item) => item.type === "unreadable").length;
    const usage = data.type === "compaction" && data.status === "completed" ? (compactions.shift() ?? null) : null;
    const known = { id: row.id, sessionId: head.id, updatedAt: row.time_updated, usage, countsReasoningInside };
    const draft = messageDraft2(data, { ...known, events: events?.steps.get(row.id) ?? null }, weigh);
    if (draft) messages.push(draft);
    endCompaction(messages);
  }
  const resets = resetsToolStarts(head.version);
  const retries = (events?.steps.size ?? 0) > 0 ? ("recorded" as const) : ("as-thinking" as const);
  const known = { resetsToolStarts: resets, retries, recordsCommandWaits: false, endedAs, besides: null };
  return { ...head, ...known, skipped, messages };
}

/** Only a row says when a compaction ended. Elsewhere it is over at the latest when the next message begins. */
function endCompaction(messages: MessageDraft[]): void {
  const [before, last] = messages.slice(-2);
  const isOpen = before?.agent === "compaction" && before.completedAt === null && before.finish !== null;
  if (before && last && isOpen) messages[messages.length - 2] = { ...before, completedAt: last.createdAt };
}
