import { statePaint } from "../../../flame/palette.js";
import type { CollectedSession, CollectionIndex } from "../../../model/collection.js";
import type { Milliseconds } from "../../../model/units.js";
import { formatCount, formatDuration, formatInstant, plural, UNKNOWN } from "../../../report/format.js";
import { displayTitle } from "../../../report/visible.js";
import { cellBar } from "../../bar-svg.js";
import { type Column, countColumn, type DataTable, dataTable } from "../data-table.js";
import { durationFigure } from "../figure.js";
import { OUTCOME_LABELS } from "../labels.js";
import { costText, usdValue } from "../usage-columns.js";
import { activeStates, totalCost } from "./words.js";

export type Anchors = ReadonlyMap<string, string>;

/** The index: a row for every session, none left out. */
export function sessionsView(index: CollectionIndex, anchors: Anchors): DataTable {
  const { sessions, totals } = index;
  const words = { name: "sessions", label: "Sessions", rest: () => "", total: "All" };
  const longest = sessions.reduce((most, session) => Math.max(most, activeMs(session)), 1);
  const hasFolders = new Set(sessions.map(({ session }) => session.directory)).size > 1;
  const columns: readonly Column<CollectedSession>[] = [
    { label: "Session", className: "name", cell: (row) => nameCell(row, anchors, hasFolders) },
    {
      ...{ label: "Active", className: "n", unit: "ms" },
      cell: (row) => (row.isCopy ? { text: UNKNOWN } : durationFigure(activeMs(row))),
      sum: () => formatDuration(totals.activeMs),
    },
    { label: "Compared with the longest", className: "barcell", cell: (row) => ({ bar: stateBar(row, longest) }) },
    {
      ...{ label: "Cost", className: "n", unit: "USD" },
      cell: (row) => ({ text: costText(row), value: usdValue(row) }),
      sum: () => totalCost(totals),
    },
    {
      ...{ label: "Tokens", className: "n" },
      cell: (row) => ({ text: formatCount(tokensOf(row) || null) }),
      sum: (rows) => formatCount(rows.reduce((sum, row) => sum + tokensOf(row), 0)),
    },
    countColumn("Turns", ({ own }) => own.turns),
    countColumn("Errors", ({ own }) => own.toolErrors),
    { label: "Outcome", className: "", cell: ({ session }) => ({ text: OUTCOME_LABELS[session.outcome] }) },
    { label: "Began", className: "n", cell: beganCell },
  ];
  return dataTable(words, columns, sessions, { shown: sessions, rest: [], gaps: [] });
}

function nameCell({ session, isCopy, copiedMessages }: CollectedSession, anchors: Anchors, hasFolders: boolean) {
  const copied = copiedMessages > 0 ? [`${plural(copiedMessages, "message")} copied`] : [];
  return {
    text: displayTitle(session.title),
    link: { href: `#${anchors.get(session.id)}`, span: null },
    marks: isCopy ? ["copy"] : copied,
    details: hasFolders ? [session.directory] : [],
  };
}

function beganCell({ session, summary }: CollectedSession) {
  if (summary.messages === 0) return { text: UNKNOWN };
  // The time zone is said once, above the table.
  return { text: formatInstant(session.startedAt).replace(" UTC", ""), value: String(session.startedAt) };
}

/** A copy's time is that of the session that it is a copy of. */
function activeMs({ summary, isCopy }: CollectedSession): Milliseconds {
  return isCopy ? 0 : summary.activeMs;
}

function stateBar(row: CollectedSession, longestMs: Milliseconds): string {
  if (row.isCopy) return "";
  return cellBar(activeStates(row.ledger).map(({ state, ms }) => [ms / longestMs, statePaint(state)]));
}

export function tokensOf({ own }: CollectedSession): number {
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = own.tokens;
  return uncachedInput + cacheRead + cacheWrite + output + reasoning;
}
