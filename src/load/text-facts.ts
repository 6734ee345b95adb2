import { createHash } from "node:crypto";
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
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The beginning of a text on one line, cut with an ellipsis. */
export function oneLine(text: string, maxChars = FIRST_WORDS_CHARS): string {
  // White space can shrink to nothing, so a little more than what is shown is looked at; never the whole of a long text.
  const line = text
    .slice(0, maxChars * 4)
    .trim()
    .replace(/\s+/g, " ");
  const points = [...line];
  return points.length <= maxChars
    ? line
    : `${points
        .slice(0, maxChars - 1)
        .join("")
        .trimEnd()}…`;
}
