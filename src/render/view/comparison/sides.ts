import type { ComparedSession, ComparedSide, ComparisonReport } from "../../../model/comparison.js";
import { recordedBy } from "../../../report/comparison-words.js";
import { formatCount, formatDuration, formatInstant } from "../../../report/format.js";
import { displayTitle, visible } from "../../../report/visible.js";
import type { Column, DataTable } from "../data-table.js";
import { OUTCOME_LABELS } from "../labels.js";
import { costText } from "../usage-columns.js";
import { textColumn } from "./columns.js";
import { MOST_ROWS, table } from "./tables.js";

interface Row extends ComparedSession {
  readonly side: "A" | "B";
}

/** The sessions that are compared, A's first. */
export function sidesTable({ a, b }: ComparisonReport, mostRows = MOST_ROWS): DataTable {
  const rowsOf = ({ sessions }: ComparedSide, side: Row["side"]) => sessions.map((session) => ({ ...session, side }));
  const rows = [...rowsOf(a, "A"), ...rowsOf(b, "B")];
  return table("compared-sessions", "Sessions that are compared", COLUMNS, rows, mostRows);
}

const COLUMNS: readonly Column<Row>[] = [
  { label: "Side", className: "", cell: ({ side }) => ({ text: side }) },
  { label: "Session", className: "name", cell: ({ title }) => ({ text: displayTitle(title) }) },
  { label: "Recorded by", className: "", cell: (row) => ({ text: visible(recordedBy(row)) }) },
  { label: "Models", className: "name", cell: ({ models }) => ({ text: visible(models.join(", ")) }) },
  textColumn("Started", ({ startedAt }) => formatInstant(startedAt)),
  { label: "Outcome", className: "", cell: ({ outcome }) => ({ text: OUTCOME_LABELS[outcome] }) },
  textColumn("Total time", ({ wallMs }) => formatDuration(wallMs)),
  textColumn("Active time", ({ activeMs }) => formatDuration(activeMs)),
  textColumn("Tokens", ({ tokens }) => formatCount(tokens)),
  textColumn("Cost", (row) => costText(row)),
];
