import type { PermissionAnswered } from "../model/recording.js";
import { foreignIdAt, idAt, nameAt } from "./fields.js";
import { type Pen, put, since } from "./pen.js";
import { addBounded, type Limits } from "./session-state.js";

/** The session waits for somebody to permit something. */
export function permissionAsked(pen: Pen, asked: unknown, limits: Limits): void {
  const id = foreignIdAt(asked, "id");
  const permission = nameAt(asked, "permission") ?? nameAt(asked, "type");
  if (id === null || permission === null) return;
  const named = idAt(asked, "tool", "messageID") ?? idAt(asked, "messageID");
  const messageId = named ?? pen.state.step?.messageId ?? null; // a call that goes on and on is asked about without its name
  const callId = foreignIdAt(asked, "tool", "callID") ?? foreignIdAt(asked, "callID");
  addBounded(pen.state.permissions, id, { permission, asked: pen.now, messageId, callId }, limits.open);
}

/** Somebody has answered. */
export function permissionReplied(pen: Pen, replied: unknown): void {
  const id = foreignIdAt(replied, "requestID") ?? foreignIdAt(replied, "permissionID");
  const reply = nameAt(replied, "reply") ?? nameAt(replied, "response");
  if (id !== null && (reply === "once" || reply === "always" || reply === "reject")) answered(pen, id, reply);
}

/** The session waits no longer: what was asked will not be answered. */
export function permissionsLeft(pen: Pen): void {
  for (const id of pen.state.permissions.keys()) answered(pen, id, "none");
}

function answered(pen: Pen, id: string, reply: PermissionAnswered["reply"]): void {
  const open = pen.state.permissions.get(id);
  if (!open) return;
  pen.state.permissions.delete(id);
  const { permission, asked, messageId, callId } = open;
  const waitedMs = since(asked.tick, pen.now);
  put(pen, { kind: "permission", askedAt: asked.at, waitedMs, reply, permission, messageId, callId });
}
