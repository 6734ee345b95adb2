import type { Weigh } from "../source.js";
import type { SessionHead, SessionRows } from "./drafts.js";
import type { PartRow } from "./drafts-1.js";
import { gathered } from "./gather-1.js";
import { gathered2 } from "./gather-2.js";

/**
 * Gathers the messages as exports and servers give them: generation 1 has `{info, parts}`, generation 2 has `{type, …}`.
 * What is neither counts as skipped.
 */
export function gatheredMessages(head: SessionHead, messages: readonly unknown[], weigh: Weigh): SessionRows {
  const fields = messages.map((message) => (message ?? {}) as Record<string, unknown>);
  if (fields.some((message) => typeof message.type === "string"))
    return gathered2(
      head,
      fields.map((data) => ({ id: String(data.id), type: String(data.type), time_updated: null, data })),
      null,
      weigh,
    );
  const infos = fields.map(({ info }) => (info ?? {}) as Record<string, unknown>);
  const rows = infos.map((data) => ({ id: String(data.id), session_id: head.id, data }));
  return gathered(head, rows, fields.flatMap(partRows), weigh);
}

function partRows({ info, parts }: Record<string, unknown>): PartRow[] {
  const messageId = String((info as { id?: unknown } | undefined)?.id);
  return (Array.isArray(parts) ? parts : []).map((data) => ({
    ...{ id: String((data as { id?: unknown } | null)?.id), message_id: messageId, data },
    ...{ time_created: null, time_updated: null },
  }));
}
