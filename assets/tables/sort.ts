import { cellNumber, cellText, isUnknown } from "./cells.js";

export type Direction = "ascending" | "descending";

/** By which column the rows of a table are sorted, and which way. */
export interface Order {
  readonly column: number;
  readonly direction: Direction;
}

type Row = HTMLTableRowElement;

const collator = new Intl.Collator("en", { numeric: true });

/** The order after one more click on a heading: its first direction, the other one, then null: as in the page. */
export function nextOrder(rows: readonly Row[], order: Order | null, column: number): Order | null {
  const first: Direction = isNumeric(rows, column) ? "descending" : "ascending";
  if (order?.column !== column) return { column, direction: first };
  return order.direction === first ? { column, direction: opposite(first) } : null;
}

/** The rows in an order; rows that are equal keep theirs, and what is not known comes last either way. */
export function sortedRows(rows: readonly Row[], order: Order | null): Row[] {
  if (!order) return [...rows];
  const { column, direction } = order;
  const sign = direction === "ascending" ? 1 : -1;
  const numeric = isNumeric(rows, column);
  const keyed = rows.map((row) => ({ row, key: keyOf(row.cells[column], numeric) }));
  keyed.sort(({ key: a }, { key: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === "number" ? a - (b as number) : collator.compare(a, b as string));
  });
  return keyed.map(({ row }) => row);
}

/** Whether every cell that says something says a number. */
function isNumeric(rows: readonly Row[], column: number): boolean {
  const said = rows.map((row) => row.cells[column]).filter((cell) => cell && !isUnknown(cell));
  return said.length > 0 && said.every((cell) => cellNumber(cell) !== null);
}

function keyOf(cell: HTMLTableCellElement | undefined, numeric: boolean): number | string | null {
  return numeric ? cellNumber(cell) : isUnknown(cell) ? null : cellText(cell);
}

function opposite(direction: Direction): Direction {
  return direction === "ascending" ? "descending" : "ascending";
}
