import { formatCount } from "../../report/format.js";
import type { SpanLink } from "./span-links.js";
import { type CutTable, type PackedRows, packedRows } from "./table.js";

/** A cell for the template `rows-data`: its text, and its value where the text does not tell it exactly. */
export interface Cell {
  readonly text: string;
  readonly value: string | null;
  readonly className: "" | "n" | "name" | "words" | "barcell";
  readonly link: SpanLink | null;
  readonly marks: readonly string[];
  /** A bar, as SVG. */
  readonly bar: string;
}

/** A column: its heading, and what its cells are. */
export interface Column<Row> {
  readonly label: string;
  readonly className: Cell["className"];
  /** What its values are in, where they stand without it in a CSV. */
  readonly unit?: string;
  readonly cell: (row: Row) => Partial<Cell>;
  /** What stands in the row that sums the rest, and in the one that sums all. */
  readonly sum?: (rows: readonly Row[]) => string;
}

/** A table for the template `data-table`. */
export interface DataTable {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly { readonly label: string; readonly className: string; readonly unit: string }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly rest: readonly Cell[] | null;
  readonly total: readonly Cell[] | null;
  readonly packed: PackedRows<readonly Cell[]> | null;
}

/** `rest`: what the row of so many further ones is called; `total`: what the last row is called, null for no such row. */
export function dataTable<Row>(
  { name, label, rest, total }: { name: string; label: string; rest: (count: number) => string; total: string | null },
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  cut: CutTable<Row>,
): DataTable {
  const rowCells = (row: Row) => columns.map(({ className, cell }) => filled({ className, ...cell(row) }));
  const sums = (some: readonly Row[], first: string) =>
    columns.map(({ className, sum }, i) => filled({ className, text: i === 0 ? first : (sum?.(some) ?? "") }));
  return {
    ...{
      name,
      label,
      columns: columns.map(({ label: heading, className, unit = "" }) => ({ label: heading, className, unit })),
    },
    rows: cut.shown.map(rowCells),
    rest: cut.rest.length === 0 ? null : sums(cut.rest, rest(cut.rest.length)),
    total: total === null || rows.length === 0 ? null : sums(rows, total),
    packed: packedRows(name, cut, rowCells, "data"),
  };
}

/** A column of counts: a 0 is not shown, but is one. */
export function countColumn<Row>(label: string, of: (row: Row) => number): Column<Row> {
  return {
    ...{ label, className: "n" },
    cell: (row) => (of(row) === 0 ? { value: "0" } : { text: formatCount(of(row)) }),
    sum: (rows) => formatCount(rows.reduce((sum, row) => sum + of(row), 0)),
  };
}

function filled(cell: Partial<Cell>): Cell {
  return { text: "", value: null, className: "", link: null, marks: [], bar: "", ...cell };
}
