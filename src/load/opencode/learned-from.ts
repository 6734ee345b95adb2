import type { MessageDraft, ToolDraft } from "./drafts.js";

/**
 * By call: the earlier calls of the same session whose results were the first to hold a word of what it was given. What a
 * prompt or an answer said before, and what no text held at all, was known without them. `messages`: of one session, in
 * time order.
 */
export function learnedFrom(messages: readonly MessageDraft[]): ReadonlyMap<ToolDraft, readonly string[]> {
  /** Which call's result was the first to hold a word; null where another text was. */
  const firstIn = new Map<number, string | null>();
  const learned = new Map<ToolDraft, readonly string[]>();
  const see = (words: Uint32Array, holder: string | null) => {
    for (const word of words) if (!firstIn.has(word)) firstIn.set(word, holder);
  };
  for (const { parts } of messages) {
    const calls = parts.filter((part): part is ToolDraft => part.kind === "tool");
    for (const part of parts) if (part.kind === "text" || part.kind === "reasoning") see(part.words, null);
    for (const call of calls) {
      const holders = [...call.words.given].flatMap((word) => firstIn.get(word) ?? []);
      learned.set(call, Object.freeze([...new Set(holders)]));
    }
    // Calls of one answer are made before any of them gives something back.
    for (const { words } of calls) see(words.given, null);
    for (const { callId, words } of calls) see(words.returned, callId);
  }
  return learned;
}
