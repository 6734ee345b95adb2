import type { ContextKind } from "../../model/report.js";
import type { ContentPart, Message, TextShape } from "../../model/session.js";
import type { EpochMs, Tokens } from "../../model/units.js";

/** A piece of what prompts hold: it comes in with a message, and stays until something takes it out. */
export interface ContextItem {
  readonly kind: ContextKind;
  readonly message: Message;
  /** null for what cannot be judged by its text: images, PDFs. */
  readonly shape: TextShape | null;
  readonly tool: string | null;
  readonly callId: string | null;
  /** The file whose content it is. */
  readonly path: string | null;
  readonly skill: string | null;
  readonly prunedAt: EpochMs | null;
  /** Of reasoning: how much there was, as the provider counted it; 0 where it did not. */
  readonly reasoningTokens: Tokens;
}

/** What a message adds to the prompts after it, in the order of the prompt. */
export function contextItems(message: Message, isSubagent: boolean): ContextItem[] {
  const own = textKind(message, isSubagent);
  return message.content.map((part) => {
    const known = item(part, own);
    // What a user loads a skill by holds its text.
    const skill = known.skill ?? message.skill;
    return { message, ...known, skill, reasoningTokens: reasoningOf(part, message) };
  });
}

type ItemOfPart = Omit<ContextItem, "message" | "reasoningTokens">;
// Spread behind another field: Node 20 gives an object that begins with a spread, and gets more fields, a hidden class of its
// own, and these are looked at by the thousand for every prompt.
const BLANK = { tool: null, callId: null, path: null, skill: null, prunedAt: null };

function item(part: ContentPart, own: ContextKind): ItemOfPart {
  switch (part.kind) {
    case "text":
      return { kind: own, ...BLANK, shape: part.shape };
    case "reasoning":
      return { kind: "reasoning", ...BLANK, shape: part.shape };
    case "file":
      return { kind: "attached-file", ...BLANK, shape: part.shape, path: part.path };
    case "media":
      return { kind: "attached-file", ...BLANK, shape: null, path: part.path };
    case "tool-call":
      return { kind: "tool-call", ...BLANK, shape: part.shape, tool: part.tool, callId: part.callId };
    case "tool-result": {
      const { shape, tool, callId, path, skill, prunedAt } = part;
      return { kind: "tool-result", shape, tool, callId, path, skill, prunedAt };
    }
  }
}

function textKind({ role, isCompaction }: Message, isSubagent: boolean): ContextKind {
  if (isCompaction) return "compaction-summary";
  if (role === "assistant") return "assistant";
  return isSubagent ? "task-prompt" : "user";
}

function reasoningOf(part: ContentPart, { tokens, content }: Message): Tokens {
  if (part.kind !== "reasoning") return 0;
  return (tokens?.reasoning ?? 0) / content.filter(({ kind }) => kind === "reasoning").length;
}
