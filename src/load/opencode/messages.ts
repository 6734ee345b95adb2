import type { Message, MessageOrigin, TextFacts } from "../../model/session.js";
import type { Usd } from "../../model/units.js";
import { NO_TEXT } from "../text-facts.js";
import { messageContent } from "./content.js";
import type { CompactionDraft, MessageDraft, TextDraft, ToolDraft } from "./drafts.js";
import { triggerOf } from "./turns.js";

/** What the session model keeps of a message; its number and span are known only when all messages are. */
export function modelMessage(draft: MessageDraft, isReverted: boolean): Omit<Message, "number" | "span"> {
  const tools = draft.parts.filter((part): part is ToolDraft => part.kind === "tool");
  const tokens = draft.tokens && Object.values(draft.tokens).some((count) => count > 0) ? draft.tokens : null;
  return {
    id: draft.id,
    sessionId: draft.sessionId,
    role: draft.role,
    createdAt: draft.createdAt,
    agent: draft.agent,
    model: draft.model,
    tokens,
    costUsd: draft.costUsd ?? costOfSteps(draft),
    text: messageText(draft),
    content: messageContent(draft),
    compaction: compactionOf(draft),
    reasoningWasInside: draft.reasoningWasInside,
    tools: tools.map((tool) => tool.tool),
    toolErrors: tools.filter((tool) => tool.status === "error").length,
    origin: originOf(draft),
    isAnswered: draft.role === "assistant" && !isShellRun(draft) && (tokens !== null || isWholeAnswer(draft)),
    isCompaction: draft.isCompaction,
    isCopied: draft.isCopied,
    isReverted,
    error: draft.error && [draft.error.name, draft.error.message].filter(Boolean).join(": "),
    skill: draft.skill,
  };
}

/** What asks for a compaction in generation 1, and what is one in generation 2. */
function compactionOf({ parts }: MessageDraft): Message["compaction"] {
  const part = parts.find((each): each is CompactionDraft => each.kind === "compaction");
  return part ? { isAutomatic: part.auto, keptFrom: part.keptFrom } : null;
}

/** Where the message itself has lost its cost, the ends of its steps may have kept it. */
function costOfSteps({ parts }: MessageDraft): Usd | null {
  const costs = parts.flatMap((part) => (part.kind === "other" && part.counted ? [part.counted.costUsd] : []));
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
}

function originOf(draft: MessageDraft): MessageOrigin {
  if (draft.role === "assistant") return "answer";
  const trigger = triggerOf(draft);
  if (trigger === "shell") return "command";
  return trigger === "prompt" || trigger === "compaction" ? trigger : "automatic";
}

function isWholeAnswer({ parts, error, completedAt }: MessageDraft): boolean {
  return (
    error === null && completedAt !== null && parts.some((part) => part.kind !== "other" && part.kind !== "compaction")
  );
}

/** The answer to a `!command`: a tool call that no model asked for. */
export function isShellRun(draft: MessageDraft): boolean {
  const hasModelMarks = draft.parts.some((part) => part.kind === "other" && part.type === "step-start");
  return (
    draft.role === "assistant" && !hasModelMarks && draft.finish === null && draft.error === null && isOneTool(draft)
  );
}

function isOneTool({ parts }: MessageDraft): boolean {
  return parts.length === 1 && parts[0]?.kind === "tool" && parts[0].tool === "bash";
}

/** What a reader knows the message by: its own words, else its thoughts, else what it did. */
export function messageText(draft: MessageDraft): TextFacts {
  const texts = draft.parts.filter((part): part is TextDraft => part.kind === "text" && part.text.chars > 0);
  const thought = draft.parts.find((part): part is TextDraft => part.kind === "reasoning" && part.text.chars > 0);
  const own = texts.find((part) => !part.synthetic) ?? texts[0];
  if (own) return own.text;
  const tool = draft.parts.find((part): part is ToolDraft => part.kind === "tool");
  if (tool) return { ...NO_TEXT, firstWords: `${tool.tool} ${tool.target}`.trim() };
  return thought?.text ?? NO_TEXT;
}

/** Ids wrapped in August 2026, so they break ties only. */
export function byTime(a: MessageDraft, b: MessageDraft): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
