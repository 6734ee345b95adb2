import type { FileFacet, SpanStatus, TextFacts } from "../model/session.js";
import type { EpochMs, TokenUsage, Usd } from "../model/units.js";
import type { AssistantData, MessageData, PartData, TokensData, ToolPart } from "./opencode-data.js";
import { idTime } from "./opencode-ids.js";
import { childSessionId, toolFiles, toolStatus, toolTarget } from "./opencode-tools.js";
import type { Weigh } from "./source.js";
import { NO_TEXT, textFacts } from "./text-facts.js";

/** Rows as the database has them. */
export interface MessageRowData {
  readonly id: string;
  readonly session_id: string;
  readonly data: unknown;
}
export interface PartRowData {
  readonly id: string;
  readonly message_id: string;
  readonly time_created: EpochMs;
  readonly time_updated: EpochMs;
  readonly data: unknown;
}

/** One session with its messages, in time order. */
export interface SessionRows {
  readonly id: string;
  readonly parentId: string | null;
  readonly title: string;
  readonly directory: string;
  readonly version: string | null;
  readonly createdAt: EpochMs;
  /** The first message that the user has taken back. */
  readonly revertedFrom: string | null;
  readonly messages: readonly MessageDraft[];
}

/** One message with what is kept of its parts, before it becomes spans. Parts are added while they stream by. */
export interface MessageDraft {
  readonly id: string;
  readonly sessionId: string;
  readonly role: "user" | "assistant";
  readonly createdAt: EpochMs;
  readonly completedAt: EpochMs | null;
  readonly parentId: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly tokens: TokenUsage | null;
  readonly reasoningWasInside: boolean;
  readonly costUsd: Usd | null;
  readonly finish: string | null;
  readonly error: { readonly name: string; readonly message: string } | null;
  /** True where a token count or a cost is there, but cannot be read. */
  readonly hasUnreadableFigures: boolean;
  readonly isCompaction: boolean;
  readonly isCopied: boolean;
  /** True where the message's id was minted when the message was made: then its parts' ids tell their times. */
  readonly hasNaturalIds: boolean;
  readonly parts: PartDraft[];
}

/** `at`: when the part was made, where its id or row can be believed. */
export type PartDraft =
  | TextDraft
  | ToolDraft
  | { readonly kind: "compaction"; readonly at: EpochMs | null; readonly auto: boolean }
  | { readonly kind: "other"; readonly at: EpochMs | null; readonly type: string };

export interface TextDraft {
  readonly kind: "text" | "reasoning";
  readonly at: EpochMs | null;
  readonly startAt: EpochMs | null;
  readonly endAt: EpochMs | null;
  readonly synthetic: boolean;
  readonly text: TextFacts;
}

export interface ToolDraft {
  readonly kind: "tool";
  readonly at: EpochMs | null;
  readonly tool: string;
  readonly callId: string;
  readonly status: SpanStatus;
  readonly startAt: EpochMs | null;
  readonly endAt: EpochMs | null;
  readonly target: string;
  readonly files: readonly FileFacet[];
  readonly error: string | null;
  readonly output: TextFacts | null;
  readonly childSessionId: string | null;
}

/** How far a time may lie outside what it belongs to and still be believed. */
export const SLACK_MS = 1_000;

/** `sessionCreatedAt` tells a fork's copies: their ids are as young as the session, their times are older. */
export function messageDraft(row: MessageRowData, data: MessageData, sessionCreatedAt: EpochMs): MessageDraft {
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
    error: assistant?.error ? { name: assistant.error.name, message: assistant.error.data?.message ?? "" } : null,
    hasUnreadableFigures: assistant?.tokens === null || assistant?.cost === null,
    isCompaction: assistant?.summary === true,
    isCopied: createdAt < sessionCreatedAt - SLACK_MS && mintedAt !== null && mintedAt >= sessionCreatedAt - SLACK_MS,
    hasNaturalIds: mintedAt !== null && Math.abs(mintedAt - createdAt) <= SLACK_MS,
    parts: [],
  };
}

export function partDraft(row: PartRowData, data: PartData, message: MessageDraft, weigh: Weigh): PartDraft {
  const at = believableTime(row, message);
  if (data.type === "text" && "text" in data) return textDraft("text", at, data, data.synthetic === true, weigh);
  if (data.type === "reasoning" && "text" in data) return textDraft("reasoning", at, data, false, weigh);
  if (data.type === "tool" && "state" in data) return toolDraft(at, data, weigh);
  if (data.type === "compaction" && "auto" in data) return { kind: "compaction", at, auto: data.auto };
  return { kind: "other", at, type: data.type };
}

function textDraft(
  kind: "text" | "reasoning",
  at: EpochMs | null,
  data: { text: string; time?: { start: number; end?: number | null | undefined } | undefined },
  synthetic: boolean,
  weigh: Weigh,
): TextDraft {
  const { start = null, end } = data.time ?? {};
  return { kind, at, startAt: start, endAt: end ?? null, synthetic, text: textFacts(data.text, weigh) };
}

function toolDraft(at: EpochMs | null, data: ToolPart, weigh: Weigh): ToolDraft {
  const { state } = data;
  const files = toolFiles(data);
  return {
    kind: "tool",
    at,
    tool: data.tool,
    callId: data.callID,
    status: toolStatus(data),
    startAt: state.time?.start ?? null,
    endAt: state.time?.end ?? null,
    target: toolTarget(data, files),
    files,
    error: state.status === "error" ? textFacts(state.error ?? "", weigh).firstWords : null,
    output: state.output === undefined ? null : state.output === "" ? NO_TEXT : textFacts(state.output, weigh),
    childSessionId: childSessionId(data),
  };
}

/**
 * The time of a part's id, else of its row, if it lies inside the message. Copies, imports and migrated rows carry the
 * time of the copy, which does not.
 */
function believableTime(row: PartRowData, message: MessageDraft): EpochMs | null {
  const from = message.createdAt - SLACK_MS;
  if (message.completedAt === null && !message.hasNaturalIds) return null;
  const until = Math.max(message.completedAt ?? row.time_updated, message.createdAt) + SLACK_MS;
  const isInside = (at: EpochMs | null): at is EpochMs => at !== null && at >= from && at <= until;
  const mintedAt = idTime(row.id, message.createdAt);
  if (isInside(mintedAt)) return mintedAt;
  return isInside(row.time_created) ? row.time_created : null;
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

function disjointTokens(tokens: TokensData): TokenUsage {
  return {
    uncachedInput: tokens.input,
    cacheRead: tokens.cache.read,
    cacheWrite: tokens.cache.write,
    output: reasoningIsInside(tokens) ? tokens.output - tokens.reasoning : tokens.output,
    reasoning: tokens.reasoning,
  };
}
