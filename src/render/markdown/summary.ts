import type { LedgerRow, Report } from "../../model/report.js";
import { formatDuration } from "../../report/format.js";
import { displayTitle } from "../../report/visible.js";
import { answer } from "../view/answer.js";
import { STATE_LABELS } from "../view/labels.js";
import { metaLine } from "../view/meta-line.js";
import { type Percents, statePercents } from "../view/percents.js";
import { type Tile, tiles } from "../view/tiles.js";
import { markdownText } from "./escape.js";
import { excerpt } from "./excerpt.js";
import { answerText } from "./inline.js";
import { markdownTable } from "./table.js";

/** By this a program finds the comment that it wrote before. */
export const MARKER = "<!-- sessionflame -->";

/** The title, and the answer first. */
export function headText(report: Report): string {
  return [
    MARKER,
    `## ${markdownText(displayTitle(report.session.title))}`,
    answerText(answer(report, statePercents(report))),
    `<sub>${markdownText(excerpt(metaLine(report), "heading"))}</sub>`,
  ].join("\n\n");
}

const TILES_IN_A_ROW = 5;

/** The figures at the head of the page, five side by side. */
export function tilesText(report: Report): string {
  return tileTables(tiles(report, statePercents(report)));
}

export function tileTables(all: readonly Tile[]): string {
  const rows = [all.slice(0, TILES_IN_A_ROW), all.slice(TILES_IN_A_ROW)];
  return rows.map(tileTable).join("\n\n");
}

function tileTable(row: readonly Tile[]): string {
  const headings = row.map(({ label }) => ({ label, isNumber: false }));
  const cells = row.map(({ value, detail }) => {
    const figure = `**${markdownText(value)}**`;
    return detail === "" ? figure : `${figure}<br><sub>${markdownText(detail)}</sub>`;
  });
  return markdownTable(headings, [cells]);
}

const LEDGER_HEADINGS = [
  { label: "State", isNumber: false },
  { label: "Time", isNumber: true },
  { label: "of active", isNumber: true },
  { label: "", isNumber: false },
];
const BAR_CHARS = 20;

/** Every state that the session was in, with a bar of its part of the active time. */
export function ledgerText(report: Report): string {
  const percents = statePercents(report);
  const rows = report.time.ledger.filter(({ ms }) => ms > 0).map((row) => ledgerCells(row, percents));
  return rows.length === 0 ? "" : `### Where the time went\n\n${markdownTable(LEDGER_HEADINGS, rows)}`;
}

function ledgerCells({ state, ms, share }: LedgerRow, percents: Percents): string[] {
  const label = markdownText(STATE_LABELS[state]);
  if (share === null) return [label, formatDuration(ms), "", ""];
  const full = Math.min(BAR_CHARS, Math.round(share * BAR_CHARS));
  const bar = "█".repeat(full) + "░".repeat(BAR_CHARS - full);
  return [label, formatDuration(ms), markdownText(percents[state]), `\`${bar}\``];
}
