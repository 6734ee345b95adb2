import { cellText } from "./cells.js";

const searched = new WeakMap<HTMLTableRowElement, string>();

/** The rows of which a cell holds the words, in whatever case. */
export function matchingRows(rows: readonly HTMLTableRowElement[], words: string): HTMLTableRowElement[] {
  const wanted = words.replace(/\s+/g, " ").trim().toLowerCase();
  return rows.filter((row) => textOf(row).includes(wanted));
}

/** All cells of a row in lower case; kept, for it is asked for at every key that is pressed. */
function textOf(row: HTMLTableRowElement): string {
  const text = searched.get(row) ?? [...row.cells].map(cellText).join("\n").toLowerCase();
  searched.set(row, text);
  return text;
}
