import type { EpochMs, TokenUsage, Usd } from "../../model/units.js";
import type { Weigh } from "../source.js";
import { textFacts } from "../text-facts.js";
import { wordsOf } from "../words.js";
import { announcedFile } from "./content.js";
import type { Counted, MessageDraft, PartDraft, TextDraft } from "./drafts.js";
import { idTime, SLACK_MS } from "./ids.js";
import type { AssistantData, MessageData, PartData, TokensData } from "./json-1.js";
import { toolDraft } from "./tools.js";

/** A message of generation 1, wherever it lies. `data`: JSON, as text or parsed. */
export interface MessageRow {
  readonly id: string;
  readonly session_id: string;
  readonly data: unknown;
}

/** A part of one. Only a database has times of the row. */
export interface PartRow {
  readonly id: string;
  readonly message_id: string;
  readonly time_created: EpochMs | null;
  readonly time_updated: EpochMs | null;
  readonly data: unknown;
}

/** `sessionCreatedAt` tells a fork's copies. */
export function messageDraft(row: MessageRow, data: MessageData, sessionCreatedAt: EpochMs): MessageDraft {
  const createdAt = data.time.created;
  const mintedAt = idTime(row.id, createdAt);
  const assistant = data.role === "assistant" ? data : null;
  return {
    id: row.id,
    sessionId: row.session_id,
    role: data.role,
    createdAt,
    completedAt: assistant?.time.completed ?? null,
    parentId: assistant?.parentID ?? null,
    agent: data.agent ?? assistant?.mode ?? null,
    model: modelName(assistant),
    tokens: assistant?.tokens ? disjointTokens(assistant.tokens) : null,
    reasoningWasInside: assistant?.tokens ? reasoningIsInside(assistant.tokens) : false,
    costUsd: assistant?.cost ?? null,
    finish: assistant?.finish ?? null,
    error: assistant?.error ? errorOf(assistant.error) : null,
    resentAt: null,
    streamedAt: null,
    hasUnreadableFigures: assistant?.tokens === null || assistant?.cost === null,
    isCompaction: assistant?.summary === true,
    isCopied: isForkCopy(mintedAt, createdAt, sessionCreatedAt),
    hasNaturalIds: mintedAt !== null && Math.abs(mintedAt - createdAt) <= SLACK_MS,
    skill: null,
    parts: [],
  };
}

/** True for what a fork copied: older than its session, under an id that is not. */
export function isForkCopy(mintedAt: EpochMs | null, createdAt: EpochMs, sessionCreatedAt: EpochMs): boolean {
  const from = sessionCreatedAt - SLACK_MS;
  return createdAt < from && mintedAt !== null && mintedAt >= from;
}

export function partDraft(row: PartRow, data: PartData, message: MessageDraft, weigh: Weigh): PartDraft {
  const at = believableTime(row, message);
  if (data.type === "text" && "text" in data) return textDraft("text", at, data, data, weigh);
  if (data.type === "reasoning" && "text" in data) return textDraft("reasoning", at, data, {}, weigh);
  if (data.type === "tool" && "state" in data) return toolDraft(at, data, weigh);
  if (data.type === "compaction" && "auto" in data)
    return { kind: "compaction", at, auto: data.auto, keptFrom: data.tail_start_id ?? null };
  if (data.type === "step-finish" && "cost" in data)
    return { kind: "other", at, type: data.type, counted: countedTokens(data.tokens, data.cost) };
  if (data.type === "file" && "mime" in data)
    return {
      kind: "other",
      at,
      type: data.type,
      file: { path: data.source?.path ?? data.filename ?? null, mime: data.mime },
    };
  return { kind: "other", at, type: data.type };
}

function textDraft(
  kind: "text" | "reasoning",
  at: EpochMs | null,
  data: { text: string; time?: { start: number; end?: number | null | undefined } | undefined },
  { synthetic = false, ignored = false }: { synthetic?: boolean | undefined; ignored?: boolean | undefined },
  weigh: Weigh,
): TextDraft {
  const { start = null, end } = data.time ?? {};
  const announces = synthetic ? announcedFile(data.text) : null;
  return {
    kind,
    at,
    startAt: start,
    endAt: end ?? null,
    synthetic,
    ignored,
    announces,
    ofFile: null,
    text: textFacts(data.text, weigh),
    words: wordsOf(data.text),
  };
}

/**
 * The time of a part's id, else of its row, if it lies inside the message. Copies, imports and migrated rows carry the
 * time of the copy, which does not.
 */
function believableTime(row: PartRow, message: MessageDraft): EpochMs | null {
  const from = message.createdAt - SLACK_MS;
  if (message.completedAt === null && !message.hasNaturalIds) return null;
  const lastAt = message.completedAt ?? row.time_updated ?? Number.POSITIVE_INFINITY;
  const until = Math.max(lastAt, message.createdAt) + SLACK_MS;
  const isInside = (at: EpochMs | null): at is EpochMs => at !== null && at >= from && at <= until;
  const mintedAt = idTime(row.id, message.createdAt);
  if (isInside(mintedAt)) return mintedAt;
  return isInside(row.time_created) ? row.time_created : null;
}

function errorOf({ name, data }: NonNullable<AssistantData["error"]>): MessageDraft["error"] {
  return { name, message: data?.message ?? "", isAbort: name === "MessageAbortedError" };
}

function modelName(data: AssistantData | null): string | null {
  if (!data?.modelID) return null;
  return data.providerID ? `${data.providerID}/${data.modelID}` : data.modelID;
}

/** Up to 1.3.2 OpenCode counted reasoning inside output; a stored total tells, and releases without one are that old. */
function reasoningIsInside(tokens: TokensData): boolean {
  if (tokens.reasoning === 0 || tokens.output < tokens.reasoning) return false;
  if (tokens.total === undefined) return true;
  return tokens.total === tokens.input + tokens.output + tokens.cache.read + tokens.cache.write;
}

export function countedTokens(tokens: TokensData, costUsd: Usd): Counted {
  return { tokens: disjointTokens(tokens), costUsd };
}

function disjointTokens(tokens: TokensData): TokenUsage {
  return {
    uncachedInput: tokens.input,
    cacheRead: tokens.cache.read,
    cacheWrite: tokens.cache.write,
    output: reasoningIsInside(tokens) ? tokens.output - tokens.reasoning : tokens.output,
    reasoning: tokens.reasoning,
  };
}
