import type { CollectionIndex } from "../../model/collection.js";
import { collectionRemarks } from "../view/collection/notes.js";
import { sessionsView } from "../view/collection/sessions.js";
import { collectionGroups } from "../view/collection/tables.js";
import { collectionTiles } from "../view/collection/tiles.js";
import { collectionAnswer, collectionMeta, collectionTitle } from "../view/collection/words.js";
import { markdownText } from "./escape.js";
import { excerpt } from "./excerpt.js";
import { fittedPieces, type Piece } from "./fitted.js";
import { MARKDOWN_CHARS, signature } from "./index.js";
import { answerText } from "./inline.js";
import { MARKER, tileTables } from "./summary.js";
import { plainTable } from "./table.js";

/** Longer tables are cut at so many rows: a comment has no room for all. */
const MOST_SESSIONS = 200;
const MOST_ROWS = 20;

/** Several sessions as one Markdown text for a comment, never longer than a comment may be. Pure. */
export function renderCollectionMarkdown(index: CollectionIndex, mostChars = MARKDOWN_CHARS): string {
  return fittedPieces(pieces(index), mostChars);
}

function pieces(index: CollectionIndex): Piece[] {
  const remarks = [...collectionRemarks(index), unreadableText(index)].filter(Boolean);
  return [
    { markdown: headText(index), noun: "title", rank: 0 },
    { markdown: tileTables(collectionTiles(index.totals)), noun: "summary", rank: 0 },
    ...sessionPieces(index),
    ...remarks.map((remark) => ({ markdown: `<sub>${markdownText(remark)}</sub>`, noun: "remark", rank: 0 })),
    ...groupPieces(index),
    { markdown: signature(index.generator), noun: "signature", rank: 0 },
  ];
}

function headText(index: CollectionIndex): string {
  return [
    MARKER,
    `## ${markdownText(excerpt(collectionTitle(index), "heading"))}`,
    answerText(collectionAnswer(index)),
    `<sub>${markdownText(excerpt(collectionMeta(index), "heading"))}</sub>`,
  ].join("\n\n");
}

/** The index, in the largest of these sizes that there is room for. */
function sessionPieces(index: CollectionIndex): Piece[] {
  if (index.sessions.length === 0) return [];
  const table = sessionsView(index, new Map());
  const rows = table.rows.slice(0, MOST_SESSIONS);
  const left = table.rows.length - rows.length;
  const more = left === 0 ? "" : `\n\n<sub>and ${left} further, older ones</sub>`;
  return [{ markdown: `### Sessions\n\n${plainTable({ ...table, rows })}${more}`, noun: "table of sessions", rank: 1 }];
}

function groupPieces(index: CollectionIndex): Piece[] {
  return collectionGroups(index, new Map()).map(({ heading, table }) => ({
    markdown: `### ${heading}\n\n${plainTable({ ...table, rows: table.rows.slice(0, MOST_ROWS) })}`,
    noun: `table of ${table.label.toLowerCase()}`,
    rank: table.name === "recurring" ? 0 : 2,
  }));
}

function unreadableText({ unreadable }: CollectionIndex): string {
  const shown = unreadable.slice(0, MOST_ROWS).map(({ id, reason }) => `${id} (${reason})`);
  return shown.length === 0 ? "" : `Not readable: ${shown.join(", ")}${unreadable.length > MOST_ROWS ? ", …" : ""}.`;
}
