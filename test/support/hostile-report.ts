import fc from "fast-check";
import type { Report } from "../../src/model/report.js";

/** Fields that hold what a person, a model or a tool wrote. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...["title", "directory", "sourceVersion", "name", "args", "path", "file", "detail", "note", "model", "agent"],
  ...["message", "why", "formula", "caveat", "label", "text", "firstWords", "error", "input", "output", "tool"],
  ...["description", "folder", "format", "correctLabel"],
]);

/** The report with that text wherever something was written. */
export function reportWrittenAs(report: Report, text: string): Report {
  return JSON.parse(JSON.stringify(report), (key, value) =>
    WRITTEN.has(key) && typeof value === "string" && value !== "" ? text : value,
  );
}

/** What means something to Markdown, to HTML, to Mermaid, or to those who look through comments. */
const FRAGMENTS = [
  ...["`", "``", "```", "~~~", "|", "\\|", "\\", "\n", "\r\n", "\n\n", "\t", " ", "    "],
  ...["# h", "- l", "+ l", "* l", "1. l", "1) l", "> q", "---", "===", "***", "| a | b |", "|---|---|", ": d"],
  ...["*b*", "**", "_i_", "~~s~~", "[l](javascript:alert(1))", "![i](https://example.com/i.png)", "[r]: /u", "[^1]"],
  ...["<b>", "</details>", "</summary>", "<!--", "-->", "<img src=x onerror=alert(1)>", "<script>", "&lt;", "&#64;all"],
  ...["@all", "a@example.com", "#12", "o/r#12", "!12", "&12", "GH-12", "~bug", '~"a b"', "%1", "^alert#1", ":tada:"],
  ...["https://example.com", "www.example.com", "javascript:alert(1)", "/close", "$x$", "$$", "$`x`$"],
  ...["%%", "%%{init: {}}%%", ";", ":", "section x", "click a href", "gantt", "end", '"', "'"],
  ...["\u0000", "\u001b[31m", "\u0085", "\u2028", "\u202e", "\u200b", "\u2060", "\ufeff", "\ufffe", "\uffff"],
  ...["\ud800", "\udc00", "😀", "é", "漢字", "word"],
];

/** What every object answers to, whether or not a table of ours holds it. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

/** Texts made to break out of where they stand; none is blank. */
export const hostileTexts: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 12 }) },
    fc.array(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1, maxLength: 3 }),
    fc.tuple(fc.constantFrom(...INHERITED)),
  )
  .map((parts) => parts.join(""))
  .filter((text) => text.trim() !== "");
