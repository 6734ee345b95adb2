import type { StatusChange } from "../model/recording.js";
import { field, numberAt } from "./fields.js";
import { type Pen, put, putMemory, since } from "./pen.js";
import { permissionsLeft } from "./permission-lines.js";
import { retryReason } from "./retry-reason.js";
import { stepOver } from "./step-lines.js";

/** What a session does now; OpenCode says it more often than it changes. */
export function statusSeen(pen: Pen, status: unknown): void {
  const type = field(status, "type");
  if (type === "retry") retryScheduled(pen, status);
  if (type === "idle") permissionsLeft(pen);
  if (type === "busy" || type === "idle" || type === "retry") statusChange(pen, type);
}

/** Writes a status that is not the last one. Of a turn too short for a sample, its beginning and end tell of memory. */
export function statusChange(pen: Pen, status: StatusChange["status"]): void {
  if (pen.state.status === status) return;
  pen.state.status = status;
  put(pen, { kind: "status", status });
  if (status === "busy" || status === "idle") putMemory(pen);
}

function retryScheduled(pen: Pen, status: unknown): void {
  const { sentTick = null, firstTick = null } = pen.state.step ?? {};
  stepOver(pen, true);
  put(pen, {
    kind: "retry",
    messageId: pen.state.step?.messageId ?? null,
    attempt: numberAt(status, "attempt") ?? pen.state.step?.attempts ?? 1,
    nextAt: numberAt(status, "next"),
    reason: retryReason(field(status, "message")),
    requestMs: sentTick === null || firstTick !== null ? null : since(sentTick, pen.now),
  });
}
