import type { ComparisonReport } from "../../model/comparison.js";
import { comparisonAnswer, comparisonTitle } from "../../report/comparison-words.js";
import { formatInstant, listed } from "../../report/format.js";
import { onlyGroups, unknownKinds } from "../view/comparison/only-in.js";
import { sidesTable } from "../view/comparison/sides.js";
import { filesTable, largestTable, ledgerTable, modelsTable, toolsTable } from "../view/comparison/tables.js";
import { comparedTiles } from "../view/comparison/tiles.js";
import { turnsTable } from "../view/comparison/turns.js";
import type { DataTable } from "../view/data-table.js";
import { markdownCode, markdownText } from "./escape.js";
import { excerpt } from "./excerpt.js";
import { fittedPieces, type Piece } from "./fitted.js";
import { MARKDOWN_CHARS } from "./index.js";
import { answerText } from "./inline.js";
import { markdownTable, plainTable } from "./table.js";

/** By this a program finds the comment that it wrote before. */
const MARKER = "<!-- sessionflame compare -->";
const ONLY_NAMES = 10;
/** Of a table that is not the answer itself. */
const TABLE_ROWS = 30;

/** The comparison as one Markdown text for a comment on GitHub or GitLab, never longer than that. Pure. */
export function renderComparisonMarkdown(compared: ComparisonReport, mostChars = MARKDOWN_CHARS): string {
  return fittedPieces(pieces(compared), mostChars);
}

function pieces(compared: ComparisonReport): Piece[] {
  const { turns } = compared;
  return [
    { markdown: headText(compared), noun: "title", rank: 0 },
    { markdown: tilesText(compared), noun: "summary", rank: 0 },
    tablePiece("Largest differences", largestTable(compared, TABLE_ROWS), 0),
    tablePiece("Where the time went", ledgerTable(compared, TABLE_ROWS), 0),
    tablePiece("Tools", toolsTable(compared, TABLE_ROWS), 1),
    tablePiece("Models", modelsTable(compared, TABLE_ROWS), 1),
    tablePiece("What the prompts were made of", filesTable(compared, TABLE_ROWS), 2),
    ...(turns === null ? [] : [tablePiece("Turns and steps", turnsTable(turns, TABLE_ROWS), 3)]),
    { markdown: onlyText(compared), noun: "list of what is on one side alone", rank: 2 },
    { markdown: notesText(compared), noun: "list of notes", rank: 2 },
    { markdown: signature(compared.generator), noun: "signature", rank: 0 },
  ];
}

function headText(compared: ComparisonReport): string {
  return [
    MARKER,
    `## ${markdownText(comparisonTitle(compared))}`,
    answerText(comparisonAnswer(compared)),
    plainTable(sidesTable(compared, TABLE_ROWS)),
  ].join("\n\n");
}

function tilesText(compared: ComparisonReport): string {
  const headings = [
    { label: "", isNumber: false },
    { label: "A", isNumber: true },
    { label: "B", isNumber: true },
    { label: "Difference", isNumber: false },
  ];
  const rows = comparedTiles(compared).map(({ label, a, b, change }) => [label, a, b, change].map(markdownText));
  return markdownTable(headings, rows);
}

function tablePiece(heading: string, table: DataTable, rank: number): Piece {
  const isEmpty = table.rows.length === 0;
  const markdown = isEmpty ? "" : `### ${heading}\n\n${plainTable(table)}`;
  return { markdown, noun: `table of ${heading.toLowerCase()}`, rank };
}

function onlyText(compared: ComparisonReport): string {
  const lines = onlyGroups(compared, ONLY_NAMES).flatMap(({ label, a, b }) => [
    ...onlyLine(`${label} only in A`, a),
    ...onlyLine(`${label} only in B`, b),
  ]);
  const unknown = unknownKinds(compared);
  const notKnown = unknown.length > 0 ? [`Not known of both sides: ${listed(unknown)}.`] : [];
  return [...lines, ...notKnown].length === 0 ? "" : ["### Only on one side", ...lines, ...notKnown].join("\n\n");
}

function onlyLine(label: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${label}: ${names.map((name) => markdownCode(excerpt(name, "cell"))).join(", ")}`];
}

/** Those of the comparison itself: those of the reports stand in the page. */
function notesText({ notes }: ComparisonReport): string {
  return notes
    .filter(({ of }) => of === "both")
    .map(({ text }) => `<sub>${markdownText(excerpt(text, "paragraph"))}</sub>`)
    .join("\n\n");
}

function signature({ name, version, madeAt }: ComparisonReport["generator"]): string {
  const moment = madeAt === undefined ? "" : `, ${formatInstant(madeAt)}`;
  return `<sub>Made by ${markdownText(`${name} ${version}${moment}`)}</sub>`;
}
