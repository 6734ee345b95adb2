import type { Redaction, Report } from "../../model/report.js";
import { formatCount, plural } from "../../report/format.js";

/** One thing that a report may hold, and how it is held. */
export interface ContentsRow {
  readonly what: string;
  readonly held: string;
}

const LEVEL_HINTS: Readonly<Record<Redaction["level"], string>> = {
  none: "nothing but credentials was left out; by default paths are shortened too",
  paths: "paths are shortened; --redact content leaves out what was said, --redact strict names too",
  content: "what was said is left out; --redact strict leaves out names too",
  strict: "what was said is left out, and pseudonyms stand for names",
};

/** What is in the file that the report is, for whoever sends it on: strings for the template. */
export function contentsView(report: Report): { readonly hint: string; readonly rows: readonly ContentsRow[] } {
  const level = report.redaction?.level ?? null;
  const hint = level === null ? "made before this was kept: how much was left out is not known" : LEVEL_HINTS[level];
  const saysContent = level !== "content" && level !== "strict";
  const rows = [
    ...(saysContent ? contentRows(report) : quietRows(report)),
    ...nameRows(report, level),
    ...figureRows(report),
  ];
  return { hint, rows: rows.map(([what, held]) => ({ what, held })) };
}

type Row = readonly [what: string, held: string];

function contentRows({ spans, tokens, session }: Report): Row[] {
  const calls = spans.filter(({ kind }) => kind === "tool");
  const excerpts = calls.filter(({ input, output }) => input !== undefined || output !== undefined);
  const chars = excerpts.reduce((sum, { input = "", output = "" }) => sum + input.length + output.length, 0);
  const errors = spans.filter(({ error }) => error !== undefined).length;
  return [
    ["Title and folder", [session.title, session.directory].filter(Boolean).join(", ") || "none"],
    ["Prompts and answers", `the first 160 characters of each of ${plural(tokens.byMessage.length, "message")}`],
    ["What tools were called on", `up to 200 characters of each of ${plural(calls.length, "call")}`],
    [
      "Arguments and outputs",
      excerpts.length === 0
        ? "none"
        : `of ${plural(excerpts.length, "call")} lines that are cut, ${plural(chars, "character")} in all`,
    ],
    ["Errors", errors === 0 ? "none" : `the first 160 characters of ${plural(errors, "error")}`],
  ];
}

function quietRows({ tokens, session }: Report): Row[] {
  return [
    ["Title and folder", session.directory === "" ? "left out" : `no title; the folder is called ${session.directory}`],
    ["Prompts and answers", `left out; of each of ${plural(tokens.byMessage.length, "message")} how long it is`],
    ["Arguments and outputs", "left out"],
    ["Errors", "their names and status codes"],
  ];
}

function nameRows({ tokens, session }: Report, level: Redaction["level"] | null): Row[] {
  const files = plural(tokens.byFile.filter(({ kind }) => kind === "file" || kind === "media").length, "file");
  if (level === "strict")
    return [
      ["Commands", "a pseudonym for each"],
      ["File names", `a pseudonym for each name in the paths of ${files}; depth and endings are kept`],
      ["Agents, skills, tools, models", "pseudonyms, but for those that come with the agent and for listed models"],
      ["Ids", "of the session, its messages and calls, where they are random; else a pseudonym"],
    ];
  const isPlain = level === "none" || session.directory === "";
  return [
    ...(level === "content" ? [["Commands", "programs, options and files; not what they say"] as const] : []),
    ["File names", `of ${files}${isPlain ? "" : "; home folders as ~, others by their last names"}`],
    ["Agents, skills, tools, models", "as they are called"],
    ["Ids", "of the session, its messages and calls"],
  ];
}

function figureRows({ redaction }: Report): Row[] {
  return [
    ["Times, tokens, costs", "all, with the date"],
    ["Credentials", credentialsText(redaction)],
    [
      "The same as data",
      "once more, packed, for the chart and for other programs; it holds nothing that is not named here",
    ],
    ["Never", "whole texts, files, the environment, accounts, what belongs to other sessions"],
  ];
}

function credentialsText(redaction: Redaction | null): string {
  if (redaction === null) return "not known whether any were looked for";
  const count = redaction.credentials.reduce((sum, found) => sum + found.count, 0);
  const kinds = redaction.credentials.map((found) => `${found.kind} (${formatCount(found.count)})`);
  return count === 0
    ? "looked for at every level; nothing that looks like one was found"
    : `${plural(count, "text")} that ${count === 1 ? "looks" : "look"} like one ${count === 1 ? "was" : "were"} replaced: ${kinds.join(", ")}`;
}
