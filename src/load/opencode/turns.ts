import type { TurnSpan } from "../../model/session.js";
import type { MessageDraft, TextDraft } from "./drafts.js";

/** One thing that was asked, and every answer to it. */
export interface TurnDraft {
  readonly trigger: TurnSpan["trigger"];
  /** null where answers stand before any user message. */
  readonly prompt: MessageDraft | null;
  readonly replies: MessageDraft[];
}

/**
 * Groups the messages of one session by the prompt they answer. User messages that OpenCode writes itself (an automatic
 * compaction, "continue if you have next steps") belong to the turn in which they stand.
 */
export function turnsOf(messages: readonly MessageDraft[]): TurnDraft[] {
  const turns: TurnDraft[] = [];
  const turnOf = new Map<string, TurnDraft>();
  const begin = (trigger: TurnDraft["trigger"], prompt: MessageDraft | null): TurnDraft => {
    const turn = { trigger, prompt, replies: [] };
    turns.push(turn);
    return turn;
  };
  const replyTo = (message: MessageDraft): TurnDraft => {
    if (message.parts.some((part) => part.kind === "compaction" && !part.auto)) return begin("compaction", null);
    const asked = turnOf.get(message.parentId ?? "");
    const last = turns.at(-1);
    // Without the prompts, answers to one prompt still name the same one.
    const carriesOn = message.parentId === null || last?.prompt || last?.replies[0]?.parentId === message.parentId;
    return asked ?? (last && carriesOn ? last : begin(message.parentId === null ? "other" : "prompt", null));
  };
  for (const message of messages) {
    if (message.role === "user") {
      const trigger = triggerOf(message);
      const turn = (trigger === null ? turns.at(-1) : undefined) ?? begin(trigger ?? "other", message);
      turnOf.set(message.id, turn);
    } else {
      replyTo(message).replies.push(message);
    }
  }
  return turns;
}

/** What a user message begins; null if it only carries on. */
export function triggerOf(message: MessageDraft): TurnDraft["trigger"] | null {
  const { parts } = message;
  if (parts.some((part) => part.kind === "tool")) return "shell";
  const compaction = parts.find((part) => part.kind === "compaction");
  if (compaction) return compaction.auto ? null : "compaction";
  const texts = parts.filter((part): part is TextDraft => part.kind === "text");
  const isAutomatic = texts.length === parts.length && texts.length > 0 && texts.every((part) => part.synthetic);
  if (!isAutomatic) return "prompt";
  return texts.some((part) => part.text.firstWords.startsWith("The following tool was executed by the user"))
    ? "shell"
    : null;
}
