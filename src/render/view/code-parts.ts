import { shortened, visibleLine } from "../../report/visible.js";

/** A piece of a sentence, and whether it is a name or a command. */
export interface TextPart {
  readonly text: string;
  readonly isCode: boolean;
}

const SHORT_CHARS = 160;

/** The beginning of a sentence, for where one line must do. */
export function shortCodeParts(sentence: string): TextPart[] {
  return codeParts(shortened(visibleLine(sentence), SHORT_CHARS));
}

/** A sentence in which code stands between backticks, in pieces. A backtick without another is a character. */
export function codeParts(sentence: string): TextPart[] {
  const parts = sentence.split(/`([^`]+)`/).map((text, i) => ({ text, isCode: i % 2 === 1 }));
  return parts.filter(({ text }) => text !== "");
}
