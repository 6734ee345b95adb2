import type { CallExcerpts } from "../model/session.js";
import { formatCount } from "../report/format.js";
import { jsonText } from "./json-text.js";

const MOST_ARGUMENTS = 6;
const NAME_CHARS = 40;
const ARGUMENT_CHARS = 120;
const LINE_CHARS = 160;
const FIRST_LINES = 4;
/** What failed, and how many tests passed, stands at the end of an output. */
const LAST_LINES = 2;
const TAB = "  ";

/**
 * What is kept of a call to be shown. `input`: its arguments by name. `results`: the texts that it gave back, its error
 * among them. Lengths are in UTF-16 units, as everywhere.
 *
 * Texts are cut before redaction sees them, and only ever at the end of a line: a path keeps the beginning by which
 * redaction knows it.
 */
export function callExcerpts(input: Readonly<Record<string, unknown>>, results: readonly string[]): CallExcerpts {
  const outputs = results.map(outputExcerpt).filter((excerpt) => excerpt !== "");
  return { input: detached(inputExcerpt(input)), output: detached(outputs.join("\n")) };
}

/** One line an argument, `name: value`; what is not a text as JSON. */
function inputExcerpt(input: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(input);
  const lines = names
    .slice(0, MOST_ARGUMENTS)
    .map((name) => `${shownLine(name, NAME_CHARS)}: ${shownValue(input[name])}`.trimEnd());
  const further = names.length - lines.length;
  return [...lines, ...(further > 0 ? [`… ${formatCount(further)} further`] : [])].join("\n");
}

/** A value on one line; where it is cut, with how long it is. */
function shownValue(value: unknown): string {
  const text = typeof value === "string" ? value : jsonText(value);
  // White space can shrink to nothing, so more than what is shown is looked at; never the whole of a long text.
  const start = beginning(text, ARGUMENT_CHARS * 4);
  const line = start.trim().replace(/\s+/g, " ");
  if (start.length === text.length && line.length <= ARGUMENT_CHARS) return line;
  return `${beginning(line, ARGUMENT_CHARS).trimEnd()} … ${formatCount(text.length)} characters in all`;
}

/** The first and the last lines of a text without blank lines at its edges, and how many there are between. */
function outputExcerpt(text: string): string {
  const body = withoutBlankEdges(text);
  const between = newlinesIn(body) + 1 - FIRST_LINES - LAST_LINES;
  // To say that one line is left out would take the room of that line.
  const lines =
    between <= 1
      ? body.split("\n").map((line) => shownLine(line))
      : [
          ...body.split("\n", FIRST_LINES).map((line) => shownLine(line)),
          `… ${formatCount(between)} lines …`,
          ...lastLines(body).map((line) => shownLine(line)),
        ];
  return lines.join("\n");
}

function lastLines(body: string): string[] {
  let start = body.length;
  for (let i = 0; i < LAST_LINES; i++) start = body.lastIndexOf("\n", start - 1);
  return body.slice(start + 1).split("\n");
}

/** The first line keeps its indentation. */
function withoutBlankEdges(text: string): string {
  const firstWord = text.length - text.trimStart().length;
  return text.slice(text.lastIndexOf("\n", firstWord) + 1).trimEnd();
}

/** Counted in place: an output of 25 MB is not split for it. */
function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** A line of at most so many characters, the ellipsis included. */
function shownLine(recorded: string, maxChars = LINE_CHARS): string {
  const line = recorded.trimEnd();
  const text = beginning(line, maxChars + 1).replace(/[\t\n\r]/g, TAB);
  const isWhole = line.length <= maxChars && text.length <= maxChars;
  return isWhole ? text : `${beginning(text, maxChars - 1).trimEnd()}…`;
}

/** At most so many characters of a text. A pair of surrogates is not cut in half. */
function beginning(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const cutsPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(maxChars - 1, maxChars + 1));
  return text.slice(0, cutsPair ? maxChars - 1 : maxChars);
}

/**
 * The same text in memory of its own. A slice of a string keeps the whole string alive, and so does what is put together
 * from slices: a few lines of each output would hold every output until the report is written.
 */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
