import { JSDOM } from "jsdom";

const { document } = new JSDOM("").window;

/** A cell: its markup, or its text and the value in `data-v`. */
export type Cell = string | readonly [text: string, value: number];

/** Rows of a table, one column of figures each where `classes` says so. */
export function rowsOf(cells: readonly (readonly Cell[])[], classes: readonly string[] = []): HTMLTableRowElement[] {
  const table = document.createElement("table");
  table.innerHTML = `<tbody>${cells.map((row) => `<tr>${row.map((cell, i) => cellMarkup(cell, classes[i] ?? "")).join("")}</tr>`).join("")}</tbody>`;
  return [...table.rows];
}

function cellMarkup(cell: Cell, className: string): string {
  const [text, value] = typeof cell === "string" ? [cell, ""] : [cell[0], ` data-v="${cell[1]}"`];
  return `<td class="${className}"${value}>${text}</td>`;
}

export function headingsOf(markup: string): HTMLTableCellElement[] {
  const table = document.createElement("table");
  table.innerHTML = `<thead><tr>${markup}</tr></thead>`;
  return [...(table.rows[0] as HTMLTableRowElement).cells];
}

/** What the first cell of each row says. */
export function firstTexts(rows: readonly HTMLTableRowElement[]): string[] {
  return rows.map((row) => row.cells[0]?.textContent ?? "");
}
