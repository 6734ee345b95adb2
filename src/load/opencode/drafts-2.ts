import type { EpochMs, TokenUsage } from "../../model/units.js";
import type { Weigh } from "../source.js";
import type { MessageDraft, PartDraft, TextDraft } from "./drafts.js";
import type { StepEvents, UsageEvent } from "./events-2.js";
import { mintedBefore } from "./ids.js";
import type { TokensData } from "./json-1.js";
import type { Assistant2, Compaction2, ContentItem, Message2, Shell2 } from "./json-2.js";
import { fileDraft, promptDrafts, skillDrafts, syntheticDrafts, textDraft } from "./prompt-drafts-2.js";
import { toolPart } from "./tool-part-2.js";
import { toolDraft } from "./tools.js";

/** What stands beside the JSON of a message of generation 2. */
export interface Message2Facts {
  readonly id: string;
  readonly sessionId: string;
  /** When the row last changed: only a database has it. */
  readonly updatedAt: EpochMs | null;
  /** What the event log says of the step, where one is kept. */
  readonly events: StepEvents | null;
  /** What the event log says that a compaction cost. */
  readonly usage: UsageEvent | null;
  /** True in sessions from releases that counted reasoning inside output. */
  readonly countsReasoningInside: boolean;
}

/** The draft of a message; null for what is no message: markers, and the note that the session went idle. */
export function messageDraft2(data: Message2, facts: Message2Facts, weigh: Weigh): MessageDraft | null {
  if (data.type === "assistant") return assistantDraft(data, facts, weigh);
  if (data.type === "compaction") return compactionDraft(data, facts, weigh);
  if (data.type === "shell") return shellDraft(data, facts, weigh);
  if (data.type === "user")
    return userDraft(data.time.created, [...promptDrafts(data.text, weigh), ...data.files.map(fileDraft)], facts);
  if (data.type === "synthetic") return userDraft(data.time.created, syntheticDrafts(data, weigh), facts);
  if (data.type === "skill")
    return { ...userDraft(data.time.created, skillDrafts(data, weigh), facts), skill: data.name || null };
  return null;
}

function assistantDraft(data: Assistant2, facts: Message2Facts, weigh: Weigh): MessageDraft {
  const mintedAt = mintedBefore(facts.id, data.time.created);
  const { tokens, reasoningWasInside } = usageOf(data.tokens, facts.countsReasoningInside);
  return {
    ...common(facts),
    role: "assistant",
    createdAt: mintedAt ?? data.time.created,
    completedAt: data.time.completed ?? null,
    agent: data.agent ?? null,
    model: modelName(data.model),
    tokens,
    reasoningWasInside,
    costUsd: data.cost ?? null,
    finish: data.finish ?? null,
    error: errorOf(data.error),
    resentAt: facts.events?.resentAt ?? data.retry?.at ?? null,
    streamedAt: data.time.streamed ?? null,
    hasUnreadableFigures: data.tokens === null || data.cost === null,
    hasNaturalIds: mintedAt !== null,
    parts: [...startMarks(data, mintedAt, facts.events), ...contentDrafts(data.content, facts.events, weigh)],
  };
}

/** In rows that a 2.x release took over from 1.x the message was made when the step began. */
const SAME_INSTANT_MS = 2;

/** When each attempt's stream began. An answer that never came has none. */
function startMarks(data: Assistant2, mintedAt: EpochMs | null, events: StepEvents | null): PartDraft[] {
  if (data.error && data.content.length === 0) return [];
  const isFirstPiece = mintedAt !== null && data.time.created - mintedAt > SAME_INSTANT_MS;
  const times = events?.startedAt ?? (isFirstPiece ? [data.time.created] : []);
  return times.map((at) => ({ kind: "other", type: "step-start", at }));
}

function contentDrafts(content: readonly ContentItem[], events: StepEvents | null, weigh: Weigh): PartDraft[] {
  const texts = content.filter((item) => item.type === "text").length;
  const textTimes = events?.texts.length === texts ? [...events.texts] : [];
  return content.map((item): PartDraft => {
    if (item.type === "text" && "text" in item) return { ...textDraft(item.text, false, weigh), ...textTimes.shift() };
    if (item.type === "reasoning" && "text" in item) return reasoningDraft(item, weigh);
    if (item.type === "tool" && "state" in item) return toolDraft(item.time.created, toolPart(item), weigh);
    return { kind: "other", at: null, type: item.type };
  });
}

function reasoningDraft(item: Extract<ContentItem, { text: string }>, weigh: Weigh): TextDraft {
  const { created = null, completed = null } = ("time" in item && item.time) || {};
  return { ...textDraft(item.text, false, weigh), kind: "reasoning", at: created, startAt: created, endAt: completed };
}

function compactionDraft(data: Compaction2, facts: Message2Facts, weigh: Weigh): MessageDraft {
  const { tokens } = usageOf(data.tokens ?? facts.usage?.tokens, false);
  return {
    ...common(facts),
    role: "assistant",
    createdAt: data.time.created,
    completedAt: data.status === "running" ? null : facts.updatedAt,
    agent: "compaction",
    model: modelName(data.model),
    finish: data.status === "running" ? null : "stop",
    tokens,
    costUsd: data.cost ?? facts.usage?.costUsd ?? null,
    error: errorOf(data.error),
    isCompaction: data.status !== "failed",
    parts: [
      { kind: "compaction", at: null, auto: data.reason === "auto", keptFrom: null },
      ...[data.summary, data.recent].filter((text) => text !== "").map((text) => textDraft(text, false, weigh)),
    ],
  };
}

/** A command that the user ran: one row, which stands where generation 1 has a message and its answer. */
function shellDraft({ command, time, output, exit }: Shell2, facts: Message2Facts, weigh: Weigh): MessageDraft {
  const completed = time.completed ?? null;
  const state = {
    status: completed === null ? ("running" as const) : ("completed" as const),
    ...{ input: { command }, output: shellOutput(output), error: undefined, title: undefined },
    ...{ metadata: exit === null ? {} : { exit }, attachments: undefined },
    time: { start: time.created, end: completed, compacted: undefined },
  };
  const call = toolDraft(time.created, { type: "tool", tool: "shell", callID: facts.id, state }, weigh);
  return { ...userDraft(time.created, [call], facts), completedAt: completed };
}

function shellOutput(output: unknown): string | undefined {
  if (typeof output === "string") return output;
  const text = (output as { text?: unknown; output?: unknown } | undefined)?.text;
  return typeof text === "string" ? text : undefined;
}

function userDraft(createdAt: EpochMs, parts: MessageDraft["parts"], facts: Message2Facts): MessageDraft {
  return { ...common(facts), role: "user", createdAt: mintedBefore(facts.id, createdAt) ?? createdAt, parts };
}

function common({ id, sessionId }: Message2Facts): Omit<MessageDraft, "role" | "createdAt" | "parts"> {
  return {
    ...{ id, sessionId, completedAt: null, parentId: null, agent: null, model: null },
    ...{ tokens: null, reasoningWasInside: false, costUsd: null, finish: null, error: null },
    ...{ resentAt: null, streamedAt: null, hasUnreadableFigures: false },
    ...{ isCompaction: false, isCopied: false, hasNaturalIds: true, skill: null },
  };
}

function usageOf(
  tokens: TokensData | null | undefined,
  isInside: boolean,
): { tokens: TokenUsage | null; reasoningWasInside: boolean } {
  if (!tokens) return { tokens: null, reasoningWasInside: false };
  const { input, output, reasoning, cache } = tokens;
  const reasoningWasInside = isInside && reasoning > 0 && output >= reasoning;
  const visible = reasoningWasInside ? output - reasoning : output;
  return {
    tokens: { uncachedInput: input, cacheRead: cache.read, cacheWrite: cache.write, output: visible, reasoning },
    reasoningWasInside,
  };
}

function modelName(model: Assistant2["model"]): string | null {
  if (!model) return null;
  return model.providerID ? `${model.providerID}/${model.id}` : model.id;
}

function errorOf(error: Assistant2["error"]): MessageDraft["error"] {
  if (!error) return null;
  return { name: error.type ?? "error", message: error.message ?? "", isAbort: error.type === "aborted" };
}
