import { codeParts } from "../view/code-parts.js";
import { markdownCode, markdownText } from "./escape.js";
import { excerpt } from "./excerpt.js";

/** A sentence in which code stands between backticks, no longer than its place holds. */
export function sentenceText(sentence: string, place: Parameters<typeof excerpt>[1]): string {
  const parts = codeParts(excerpt(sentence, place));
  return parts.map(({ text, isCode }) => (isCode ? markdownCode(text) : markdownText(text))).join("");
}

/** An answer that stands first, its lead in bold. */
export function answerText({ lead, rest }: { lead: string; rest: string }): string {
  const begun = /^[:;.,]?\s*/.exec(rest)?.[0] ?? "";
  return `**${markdownText(lead)}**${begun}${sentenceText(rest.slice(begun.length), "paragraph")}`;
}
