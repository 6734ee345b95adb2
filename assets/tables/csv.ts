import { cellCsv, cellText } from "./cells.js";

/** A table's headings and these rows of it, as RFC 4180 has it. Columns of bars are left out: they hold no words. */
export function csvOf(headings: readonly HTMLElement[], rows: readonly HTMLTableRowElement[]): string {
  const columns = headings.flatMap((heading, i) => (heading.classList.contains("barcell") ? [] : [i]));
  const head = columns.map((i) => headingText(headings[i]));
  const lines = [head, ...rows.map((row) => columns.map((i) => cellCsv(row.cells[i])))];
  return lines.map((fields) => `${fields.map(quoted).join(",")}\r\n`).join("");
}

/** `Time (ms)`: a CSV's figures stand without their units. */
function headingText(heading: HTMLElement | undefined): string {
  const unit = heading?.dataset.unit;
  return unit ? `${cellText(heading)} (${unit})` : cellText(heading);
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
