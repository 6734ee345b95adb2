import type { Outcome, Span } from "../../model/session.js";
import type { EpochMs } from "../../model/units.js";
import type { SpanDraft } from "../span-tree.js";
import { callFor, startOf, type TaskCall, type TimedCall, timedCalls } from "./calls.js";
import type { MessageDraft, SessionRows, ToolDraft } from "./drafts.js";
import { learnedFrom } from "./learned-from.js";
import { isShellRun, messageText } from "./messages.js";
import { type StepTimes, stepTimes } from "./timing.js";
import { type TurnDraft, triggerOf, turnsOf } from "./turns.js";

/** Collects the spans of a session and its subagents, parents before children. */
export class SpanBuilder {
  readonly drafts: SpanDraft[] = [];
  /** The turn, model call, step or subagent that a message became. */
  readonly spanOfMessage = new Map<string, number>();
  /** How many tool calls have a start that had to be guessed. */
  resetStarts = 0;
  readonly #taskCalls = new Map<string, TaskCall[]>();
  readonly #subagents = new Set<string>();
  readonly #messageIndex: ReadonlyMap<string, number>;
  /** Of the session whose spans are being added. */
  #learnedFrom: ReadonlyMap<ToolDraft, readonly string[]>;

  constructor(root: SessionRows, messageIndex: ReadonlyMap<string, number>) {
    this.#messageIndex = messageIndex;
    this.#learnedFrom = learnedFrom(root.messages);
    const turns = turnsOf(root.messages.filter((message) => !message.isCopied));
    const startAt = turns[0] ? startOf(turns[0]) : root.createdAt;
    const status = outcomeStatus(root.endedAs ?? outcomeOf(root.messages));
    this.#push({ kind: "session", parent: -1, name: root.title, startAt, endAt: null, status, basis: "measured" });
    let lastEndAt = startAt;
    for (const turn of turns) lastEndAt = this.#addTurn(turn, lastEndAt, root);
  }

  /** How many task calls name a child session that is not in the data. */
  get missingSubagents(): number {
    return [...this.#taskCalls.keys()].filter((id) => !this.#subagents.has(id)).length;
  }

  /** Hangs a child session's work under the task calls that started it, or under the session if it ran beside them. */
  addSubagent(rows: SessionRows): void {
    this.#subagents.add(rows.id);
    this.#learnedFrom = learnedFrom(rows.messages);
    const calls = this.#taskCalls.get(rows.id) ?? [];
    const spans = new Map<TaskCall, number>();
    for (const turn of turnsOf(rows.messages.filter((message) => !message.isCopied))) {
      const call = callFor(turn, calls);
      // What ran beside its calls gets a span a turn: between them the child did not work.
      const span = (call && spans.get(call)) ?? this.#pushSubagent(rows, turn, call, calls);
      if (call) spans.set(call, span);
      for (const reply of turn.replies) this.#addStep(reply, span, rows);
      if (turn.prompt) this.spanOfMessage.set(turn.prompt.id, span);
    }
  }

  #pushSubagent(rows: SessionRows, turn: TurnDraft, call: TaskCall | null, calls: readonly TaskCall[]): number {
    const startAt = startOf(turn);
    const startedBy = call ?? calls.findLast((other) => other.from <= startAt) ?? null;
    const task = call && this.drafts[call.draft];
    if (task) task.startAt = Math.min(task.startAt, startAt); // a child cannot begin before the call that started it
    return this.#push({
      kind: "subagent",
      parent: call?.draft ?? 0,
      name: rows.title,
      startAt,
      endAt: null,
      status: outcomeStatus(outcomeOf(rows.messages)),
      basis: "measured",
      sessionId: rows.id,
      agent: turn.prompt?.agent ?? turn.replies[0]?.agent ?? null,
      startedBy: startedBy?.callId ?? null,
    });
  }

  /** Returns when the turn ended. */
  #addTurn(turn: TurnDraft, lastEndAt: EpochMs, rows: SessionRows): EpochMs {
    const promptedAt = startOf(turn);
    const startAt = Math.max(promptedAt, lastEndAt);
    const status = outcomeStatus(outcomeOf(turn.replies));
    const message = turn.prompt ? this.#messageRef(turn.prompt) : null;
    const name = turnName(turn);
    const { trigger } = turn;
    const span = this.#push({
      kind: "turn",
      parent: 0,
      name,
      startAt,
      endAt: null,
      status,
      basis: "measured",
      trigger,
      promptedAt,
      message,
    });
    if (turn.prompt) this.spanOfMessage.set(turn.prompt.id, span);
    let endAt = startAt;
    for (const call of turn.prompt ? timedCalls(turn.prompt, false) : []) {
      this.#addTool(call, span, message as number);
      endAt = Math.max(endAt, call.times.endAt);
    }
    for (const reply of turn.replies) endAt = Math.max(endAt, this.#addStep(reply, span, rows));
    return endAt;
  }

  /** Returns when the step ended. */
  #addStep(message: MessageDraft, parent: number, rows: SessionRows): EpochMs {
    const calls = timedCalls(message, rows.resetsToolStarts);
    const asked = calls.filter((call) => call.batch === null);
    const times = stepTimes(
      message,
      asked.map((call) => call.times),
    );
    const { startAt, endAt, status } = times;
    const ref = this.#messageRef(message);
    const name = messageText(message).firstWords;
    const step = this.#push({ kind: "step", parent, name, startAt, endAt, status, basis: "measured", message: ref });
    this.spanOfMessage.set(message.id, step);
    if (!isShellRun(message)) this.#addModel(message, step, times, ref);
    const spans = new Map(asked.map((call) => [call.tool, this.#addTool(call, step, ref)]));
    for (const call of calls) if (call.batch) this.#addTool(call, spans.get(call.batch) ?? step, ref);
    return endAt;
  }

  #addModel(message: MessageDraft, parent: number, times: StepTimes, ref: number): void {
    const model = this.#push({
      kind: "model",
      parent,
      name: message.model ?? "model",
      startAt: times.startAt,
      endAt: times.streamEndAt,
      status: times.modelStatus,
      basis: times.modelBasis,
      message: ref,
      model: message.model ?? "unknown model",
      firstOutputAt: times.firstOutputAt,
      retrying: times.retrying,
      phases: times.phases,
    });
    this.spanOfMessage.set(message.id, model);
  }

  #addTool({ tool, times: { calledAt, startAt, endAt, basis } }: TimedCall, parent: number, ref: number): number {
    if (basis === "estimated" && tool.endAt !== null) this.resetStarts++;
    const isUserWait = tool.tool === "question" || tool.status === "rejected";
    const { callId, target, files, error, output, excerpts, inputDigest, subjectDigest, fromLine, status } = tool;
    const learnedFrom = this.#learnedFrom.get(tool) ?? [];
    const userWaits = isUserWait ? [{ startAt, endAt }] : tool.userWait ? [tool.userWait] : [];
    const draft = this.#push({
      ...{ kind: "tool", parent, name: tool.tool, startAt, endAt, status, basis, message: ref },
      ...{ tool: tool.tool, callId, target, files, error, output, excerpts, fromLine, learnedFrom },
      ...{ calledAt, userWaits, inputDigest, subjectDigest, ...tool.facets },
    });
    if (tool.childSessionId === null) return draft;
    const until = tool.status === "unfinished" ? Number.POSITIVE_INFINITY : endAt;
    const call = { draft, callId, from: Math.min(startAt, tool.at ?? startAt), until };
    const calls = this.#taskCalls.get(tool.childSessionId) ?? [];
    this.#taskCalls.set(tool.childSessionId, [...calls, call]);
    return draft;
  }

  #push(draft: SpanDraft): number {
    return this.drafts.push(draft) - 1;
  }

  #messageRef(message: MessageDraft): number {
    return this.#messageIndex.get(message.id) as number;
  }
}

function turnName({ trigger, prompt, replies }: TurnDraft): string {
  const parts = [prompt, replies[0]].flatMap((message) => message?.parts ?? []);
  const command = parts.find((part) => part.kind === "tool")?.target;
  if (trigger === "shell" && command) return `!${command}`;
  return trigger === "compaction" ? "compaction" : prompt ? messageText(prompt).firstWords : "";
}

/** How a row of messages ended: what the last answer says, and whether there was one. */
export function outcomeOf(messages: readonly MessageDraft[]): Outcome {
  const last = messages.at(-1);
  if (!last) return "complete";
  if (last.error) return last.error.isAbort ? "aborted" : "failed";
  const isDone = last.completedAt !== null && (last.role === "assistant" || triggerOf(last) === "shell");
  return isDone ? "complete" : "unfinished";
}

function outcomeStatus(outcome: Outcome): Span["status"] {
  if (outcome === "complete") return "ok";
  return outcome === "failed" ? "error" : outcome;
}
