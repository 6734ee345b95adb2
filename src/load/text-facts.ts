import { hash } from "node:crypto";
import type { TextFacts } from "../model/session.js";
import type { Weigh } from "./source.js";
import { NO_SHAPE } from "./text-shape.js";

const FIRST_WORDS_CHARS = 160;

export const NO_TEXT: TextFacts = { chars: 0, bytes: 0, shape: NO_SHAPE, digest: "", firstWords: "" };

/** What is kept of a text that may be megabytes long. */
export function textFacts(text: string, weigh: Weigh): TextFacts {
  if (text === "") return NO_TEXT;
  return {
    chars: text.length,
    bytes: Buffer.byteLength(text),
    shape: weigh(text),
    digest: digestOf(text),
    firstWords: oneLine(text),
  };
}

/** Equal texts have equal digests. */
export function digestOf(text: string): string {
  return hash("sha256", text).slice(0, 16);
}

/** The beginning of a text on one line, cut with an ellipsis. */
export function oneLine(text: string, maxChars = FIRST_WORDS_CHARS): string {
  // White space can shrink to nothing, so a little more than what is shown is looked at; never the whole of a long text.
  const line = text
    .slice(0, maxChars * 4)
    .trim()
    .replace(/\s{2,}|[^\S ]/g, " ");
  return line.length <= maxChars ? line : cut(line, maxChars);
}

/** By whole characters: a surrogate pair is one. */
function cut(line: string, maxChars: number): string {
  let chars = 0;
  let end = 0;
  for (const char of line) {
    if (++chars < maxChars) end += char.length;
    else if (chars > maxChars) return `${line.slice(0, end).trimEnd()}…`;
  }
  return line;
}
