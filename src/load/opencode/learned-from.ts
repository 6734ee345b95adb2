import type { MessageDraft, TextDraft, ToolDraft } from "./drafts.js";

/**
 * By call: the earlier calls of the same session whose results were the first to hold a word of what it was given, or of
 * what the model thought and said before it made the call. What a prompt or an answer said earlier, and what no text held
 * at all, was known without them. `messages`: of one session, in
 * time order.
 */
export function learnedFrom(messages: readonly MessageDraft[]): ReadonlyMap<ToolDraft, readonly string[]> {
  /** Which call's result was the first to hold a word; null where another text was. */
  const firstIn = new Map<number, string | null>();
  const holdersOf = (words: Uint32Array) => [...words].flatMap((word) => firstIn.get(word) ?? []);
  const learned = new Map<ToolDraft, readonly string[]>();
  const see = (words: Uint32Array, holder: string | null) => {
    for (const word of words) if (!firstIn.has(word)) firstIn.set(word, holder);
  };
  for (const { parts } of messages) {
    const calls = parts.filter((part): part is ToolDraft => part.kind === "tool");
    const texts = parts.filter((part): part is TextDraft => part.kind === "text" || part.kind === "reasoning");
    const said = texts.flatMap(({ words }) => holdersOf(words));
    for (const call of calls) learned.set(call, Object.freeze([...new Set([...said, ...holdersOf(call.words.given)])]));
    for (const { words } of texts) see(words, null);
    // Calls of one answer are made before any of them gives something back.
    for (const { words } of calls) see(words.given, null);
    for (const { callId, words } of calls) see(words.returned, callId);
  }
  return learned;
}
