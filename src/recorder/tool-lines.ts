import { field, foreignIdAt, idAt, nameAt } from "./fields.js";
import { type Pen, put, since } from "./pen.js";
import { addBounded, type Limits } from "./session-state.js";
import { bytesOf } from "./sizes.js";
import { modelSaid } from "./step-lines.js";

/** A tool is about to run: its call is whole. */
export function toolStarts(pen: Pen, input: unknown, output: unknown, limits: Limits): void {
  const callId = foreignIdAt(input, "callID");
  const tool = nameAt(input, "tool");
  if (callId === null || tool === null) return;
  const inputBytes = bytesOf(field(output, "args"));
  const messageId = pen.state.step?.messageId ?? null;
  addBounded(pen.state.tools, callId, { tool, start: pen.now, inputBytes, messageId }, limits.open);
  modelSaid(pen);
}

/** A tool has ended well. */
export function toolEnded(pen: Pen, input: unknown, output: unknown): void {
  const callId = foreignIdAt(input, "callID");
  if (callId !== null) toolRan(pen, callId, true, field(output, "output"));
}

/** Of a tool that fails OpenCode calls no hook: only its part says so. */
export function toolPartSeen(pen: Pen, part: unknown): void {
  const callId = foreignIdAt(part, "callID");
  const status = field(part, "state", "status");
  if (field(part, "type") !== "tool" || callId === null) return;
  const isOver = status === "error" || status === "completed";
  const isOwn = pen.state.tools.get(callId)?.messageId === idAt(part, "messageID");
  if (isOver && isOwn) toolRan(pen, callId, status === "completed", field(part, "state", textField(status)));
}

/** Where a part keeps what the model is given back. */
const textField = (status: unknown) => (status === "completed" ? "output" : "error");

function toolRan(pen: Pen, callId: string, ok: boolean, output: unknown): void {
  const open = pen.state.tools.get(callId);
  if (!open) return;
  pen.state.tools.delete(callId);
  const { tool, start, inputBytes, messageId } = open;
  const durationMs = since(start.tick, pen.now);
  const sizes = { inputBytes, outputBytes: bytesOf(output) };
  put(pen, { kind: "tool", tool, messageId, callId, startedAt: start.at, durationMs, ok, ...sizes });
}
