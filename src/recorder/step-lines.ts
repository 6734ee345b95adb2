import type { Milliseconds } from "../model/units.js";
import { field, idAt, nameAt } from "./fields.js";
import { type Pen, put, since } from "./pen.js";
import type { OpenStep } from "./session-state.js";

/** A message came to be, changed, or is over. */
export function messageSeen(pen: Pen, info: unknown): void {
  const { state, now } = pen;
  const messageId = idAt(info, "id");
  if (messageId === null || field(info, "role") !== "assistant") return;
  if (typeof field(info, "time", "completed") === "number") {
    if (state.step?.messageId === messageId) stepOver(pen, false);
  } else if (state.step?.messageId !== messageId) {
    if (state.step) stepOver(pen, false);
    state.step = { messageId, madeTick: now.tick, attempts: 0, sentTick: null, firstTick: null, last: null };
  }
}

/** A request leaves: OpenCode asks for its headers last of all. */
export function requestSent(pen: Pen, input: unknown): void {
  const agent = agentOf(input);
  const purpose = purposeOf(agent);
  const step = purpose === "title" || purpose === "other" ? null : pen.state.step;
  if (step) attempt(step, pen.now.tick);
  if (step && purpose === "compaction") pen.state.compactionId = step.messageId;
  put(pen, {
    kind: "request",
    messageId: step?.messageId ?? null,
    purpose,
    agent,
    model: modelOf(input),
    attempt: step?.attempts ?? 1,
    preparedMs: step?.attempts === 1 ? since(step.madeTick, pen.now) : null,
  });
}

function attempt(step: OpenStep, tick: Milliseconds): void {
  step.attempts++;
  step.sentTick = tick;
  step.firstTick = null;
  step.last = null;
}

export function agentOf(input: unknown): string | null {
  return nameAt(input, "agent") ?? nameAt(input, "agent", "name");
}

/** `summary` makes titles of messages, in releases that have it. */
export function purposeOf(agent: string | null): "answer" | "title" | "compaction" | "other" {
  if (agent === "title" || agent === "compaction") return agent;
  return agent === "summary" ? "other" : "answer";
}

function modelOf(input: unknown): string | null {
  const provider = nameAt(input, "model", "providerID") ?? nameAt(input, "provider", "id");
  const model = nameAt(input, "model", "id") ?? nameAt(input, "model", "modelID");
  return provider === null || model === null ? null : `${provider}/${model}`;
}

/** A part of a message came to be or changed. */
export function partSeen(pen: Pen, part: unknown): void {
  const { step } = pen.state;
  if (!step || field(part, "messageID") !== step.messageId) return;
  const type = field(part, "type");
  if (type === "step-start") firstChunk(pen, step);
  else if (type === "step-finish") streamEnd(pen, step, true);
  else if (type === "text" || type === "reasoning" || field(part, "state", "status") === "pending") modelSaid(pen);
}

/** The model said something. A call counts when it begins and when it is whole, not while it runs. */
export function modelSaid({ state, now }: Pen): void {
  if (state.step && state.step.firstTick !== null) state.step.last = now;
}

function firstChunk(pen: Pen, step: OpenStep): void {
  if (step.firstTick !== null) return;
  step.firstTick = pen.now.tick;
  step.last = pen.now;
  const waitedMs = step.sentTick === null ? null : since(step.sentTick, pen.now);
  put(pen, { kind: "first-chunk", messageId: step.messageId, waitedMs });
}

/** That the stream has ended is seen once its tools are done; it ended when the model said the last. */
function streamEnd(pen: Pen, step: OpenStep, ok: boolean): void {
  const { firstTick, last, sentTick, messageId } = step;
  if (firstTick === null || last === null) return;
  const requestMs = sentTick === null ? null : since(sentTick, last);
  put(pen, { kind: "stream-end", messageId, streamedMs: since(firstTick, last), requestMs, ok }, last.at);
  isOver(step); // what still comes of it is late, and is no answer
}

function isOver(step: OpenStep): void {
  step.sentTick = null;
  step.firstTick = null;
  step.last = null;
}

/** An answer is over, or this attempt at it. */
export function stepOver(pen: Pen, mayGoOn: boolean): void {
  const { step } = pen.state;
  if (!step) return;
  streamEnd(pen, step, false);
  if (!mayGoOn) neverCame(pen, step);
  isOver(step);
  if (!mayGoOn) pen.state.step = null;
}

/** Of a request that failed, or was given up, before anything came. */
function neverCame(pen: Pen, { sentTick, messageId }: OpenStep): void {
  if (sentTick === null) return;
  put(pen, { kind: "stream-end", messageId, streamedMs: null, requestMs: since(sentTick, pen.now), ok: false });
}
