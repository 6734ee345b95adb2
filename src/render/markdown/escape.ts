import { LOG_COMMANDS } from "../../report/log-commands.js";
import { visible, visibleLine } from "../../report/visible.js";

/**
 * The one place that escapes for Markdown. What it makes means nothing but its characters in prose, in table cells and
 * between HTML tags alike, to what reads the source (emphasis, tables, HTML) and to what then looks through the words
 * (mentions, references, links) on GitHub and GitLab.
 */

/**
 * A word joiner stands where a mention, a reference to an issue or a link would begin to be one. It takes no room, and
 * no text has one of its own: `visible` writes that out.
 */
const JOINER = "\u2060";

/** `https://`, `www.` and addresses are links in code too, for those who find links before code. */
const LINKS = /:(?=\/\/)|www(?=\.)|(?<=[\w.+-])@(?=[\w-]+\.)/gi;

/** `@name`, `#12`, `!12`, `&12`, `~label`, `%milestone`, `^alert#1`, `GH-12`, `[issue:12]`, `:emoji:`. */
const REFERENCES = /[@#~%^](?=[\w"])|[!&](?=\d)|gh(?=-\d)|\[(?=\w+:)|:(?=[\w+-]+:)/gi;

/** What means something within a line, and what does at the beginning of one: a list, a heading, a quick action. */
const MARKUP = /[&<>\\`*[\]|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=^\s*)[-+=#/:]|(?<=^\s*\d{1,9})[.)](?=\s|$)/gu;

/** Any text as words on one line. */
export function markdownText(text: string): string {
  const inert = visibleLine(text).replace(LINKS, `$&${JOINER}`).replace(REFERENCES, `$&${JOINER}`);
  // Between two dollars GitHub sees a formula, unless each is an element of its own.
  return asCharacters(inert).replaceAll("$", "<span>&#36;</span>");
}

/** Any text as code on one line. As an element: between backticks a table could not hold every character. */
export function markdownCode(text: string): string {
  const inert = visibleLine(text).replace(LINKS, `$&${JOINER}`);
  return inert.trim() === "" ? "" : `<code>${asCharacters(inert).replaceAll("$", "&#36;")}</code>`;
}

function asCharacters(text: string): string {
  return text.replace(MARKUP, (char) => `&#${char.charCodeAt(0)};`);
}

/**
 * Any text as a block of code, between fences longer than any in it. All of it is indented by a space, which is not part
 * of the code: no line of it begins a line of the comment, where GitLab looks for quick actions. What would be a command
 * to a CI that prints the comment is parted by a word joiner.
 */
export function markdownBlock(text: string, language = ""): string {
  const code = visible(text.replace(/\r\n?/g, "\n")).trimEnd().replace(LOG_COMMANDS, `$&${JOINER}`);
  const longest = (code.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 2);
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...code.split("\n"), fence].map((line) => ` ${line}`).join("\n");
}

/** Any text as words in a Mermaid diagram, which has no way to escape: what is neither letter nor digit is left out. */
export function mermaidText(text: string): string {
  return visibleLine(text)
    .replace(/[^\p{L}\p{M}\p{N}._/()+-]+/gu, " ")
    .trim();
}
