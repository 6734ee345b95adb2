import { field, idAt } from "./fields.js";
import { type Pen, put } from "./pen.js";
import { permissionAsked, permissionReplied } from "./permission-lines.js";
import type { Limits } from "./session-state.js";
import { statusChange, statusSeen } from "./status-lines.js";
import { messageSeen, modelSaid, partSeen } from "./step-lines.js";
import { toolPartSeen } from "./tool-lines.js";

/** What an event writes. Its properties are as OpenCode sends them, of any shape. */
type Reaction = (pen: Pen, properties: unknown, limits: Limits) => void;

/** The events that matter, by type. A session's end is not among them: it writes only where anything was written before. */
export const EVENTS: ReadonlyMap<string, Reaction> = new Map<string, Reaction>([
  ["message.updated", (pen, properties) => messageSeen(pen, field(properties, "info"))],
  ["message.part.updated", (pen, properties) => anyPartSeen(pen, field(properties, "part"))],
  ["message.part.delta", modelSaid],
  ["permission.asked", permissionAsked],
  ["permission.updated", permissionAsked], // before 1.1
  ["permission.replied", permissionReplied],
  ["session.status", (pen, properties) => statusSeen(pen, field(properties, "status"))],
  ["session.error", (pen) => statusChange(pen, "error")],
  ["session.compacted", compacted],
]);

/** The session that an event is of. */
export function eventSession(properties: unknown): string | null {
  const named = idAt(properties, "sessionID") ?? idAt(properties, "info", "sessionID");
  return named ?? idAt(properties, "part", "sessionID");
}

function anyPartSeen(pen: Pen, part: unknown): void {
  partSeen(pen, part);
  toolPartSeen(pen, part);
}

function compacted(pen: Pen): void {
  put(pen, { kind: "compaction", messageId: pen.state.compactionId });
  pen.state.compactionId = null;
}
