import type { ReconciliationRow, Report } from "../../model/report.js";
import { type Column, type DataTable, dataTable } from "./data-table.js";
import { cutTable } from "./table.js";
import { usageColumns } from "./usage-columns.js";

const PLACES = { steps: "Ends of steps", messages: "Messages", session: "The session's own row" } as const;

/** Strings for the panel that holds the sums in the data against each other; null where there are none to compare. */
export function reconciliationView({ tokens, summary }: Report): DataTable | null {
  const rows = tokens.reconciliation;
  if (rows.length === 0) return null;
  const columns: Column<ReconciliationRow>[] = [
    { label: "Sum of", className: "name", cell: ({ place }) => ({ text: PLACES[place] }) },
    ...usageColumns(summary),
    { label: "Against the messages", className: "words", cell: (row) => ({ text: differenceText(row) }) },
  ];
  const words = { name: "reconciliation", label: "Sums of tokens and cost", total: null, rest: () => "" };
  return dataTable(
    words,
    columns,
    rows,
    cutTable(rows, () => 0, Number.POSITIVE_INFINITY),
  );
}

function differenceText({ place, difference }: ReconciliationRow): string {
  if (place === "messages") return "what this report counts";
  return difference || "the same";
}
