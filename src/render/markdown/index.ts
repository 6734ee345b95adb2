import type { Redaction, Report } from "../../model/report.js";
import { formatInstant } from "../../report/format.js";
import { markdownText } from "./escape.js";
import { fittedPieces, type Piece } from "./fitted.js";
import { ganttText } from "./gantt.js";
import { skillsText } from "./skills.js";
import { suggestionTexts } from "./suggestions.js";
import { headText, ledgerText, tilesText } from "./summary.js";
import { filesText, modelsText, slowestText } from "./tables.js";

/** GitHub takes comments of 65,536 characters. */
export const MARKDOWN_CHARS = 60_000;

/** The report as one Markdown text for a comment on GitHub or GitLab, never longer than that. Pure. */
export function renderMarkdown(report: Report, mostChars = MARKDOWN_CHARS): string {
  return fittedPieces(pieces(report), mostChars);
}

/** In the order in which they stand. What is bounded by itself ranks before suggestions, of which there may be any number. */
function pieces(report: Report): Piece[] {
  const { head, cards, foot } = suggestionTexts(report);
  const left = report.redaction ? LEFT_OUT[report.redaction.level] : undefined;
  return [
    { markdown: headText(report), noun: "title", rank: 0 },
    ...(left === undefined ? [] : [{ markdown: `<sub>${left}</sub>`, noun: "remark", rank: 0 }]),
    { markdown: tilesText(report), noun: "summary", rank: 0 },
    { markdown: ledgerText(report), noun: "table of time", rank: 0 },
    { markdown: head, noun: "heading", rank: 1 },
    ...cards.map((markdown) => ({ markdown, noun: "suggestion", rank: 4 })),
    { markdown: foot, noun: "remark", rank: 1 },
    { markdown: slowestText(report), noun: "table of slowest operations", rank: 2 },
    { markdown: ganttText(report), noun: "timeline", rank: 3 },
    { markdown: modelsText(report), noun: "table of models", rank: 3 },
    { markdown: filesText(report), noun: "table of files", rank: 3 },
    { markdown: skillsText(report), noun: "table of skills and edits", rank: 3 },
    { markdown: signature(report.generator), noun: "signature", rank: 0 },
  ];
}

/** A comment must say for itself why it has no words. */
const LEFT_OUT: Readonly<Partial<Record<Redaction["level"], string>>> = {
  content: "What was said is left out: of texts only the length is here.",
  strict: "What was said is left out, and pseudonyms stand for names: of texts only the length is here.",
};

/** What made the text, and when, where that is said. */
export function signature({ name, version, madeAt }: Report["generator"]): string {
  const moment = madeAt === undefined ? "" : `, ${formatInstant(madeAt)}`;
  return `<sub>Made by ${markdownText(`${name} ${version}${moment}`)}</sub>`;
}
