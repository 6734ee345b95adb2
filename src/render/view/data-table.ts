import { formatCount, formatDuration, UNKNOWN } from "../../report/format.js";
import { durationFigure } from "./figure.js";
import type { SpanLink } from "./span-links.js";
import { type CutTable, type PackedRows, packedRows } from "./table.js";

/** A cell for the template `rows-data`: its text, and its value where the text does not tell it exactly. */
export interface Cell {
  readonly text: string;
  readonly value: string | null;
  readonly className: "" | "n" | "name" | "words" | "barcell" | "rate";
  readonly link: SpanLink | null;
  readonly marks: readonly string[];
  /** Lines under the text, set small. */
  readonly details: readonly string[];
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

/** A column of counts that may not be known. */
export function knownColumn<Row>(
  label: string,
  of: (row: Row) => number | null,
  format: (figure: number | null) => string = formatCount,
): Column<Row> {
  return {
    ...{ label, className: "n" },
    cell: (row) => ({ text: format(of(row)) }),
    sum: (rows) => format(knownSum(rows, of)),
  };
}

/** A column of times that may not be known. */
export function durationColumn<Row>(label: string, of: (row: Row) => number | null): Column<Row> {
  return {
    ...{ label, className: "n", unit: "ms" },
    cell: (row) => durationFigure(of(row)),
    sum: (rows) => formatDuration(knownSum(rows, of)),
  };
}

/** A sum without one of its parts would be of something else: then it is not known either. */
export function knownSum<Row>(rows: readonly Row[], of: (row: Row) => number | null): number | null {
  return rows.reduce((sum: number | null, row) => {
    const figure = of(row);
    return sum === null || figure === null ? null : sum + figure;
  }, 0);
}

/** The columns in which any row has something: one that would hold nothing is left out. */
export function saidColumns<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row>[] {
  const says = ({ text = UNKNOWN, value = null }: Partial<Cell>) => value !== null || ![UNKNOWN, ""].includes(text);
  return columns.filter(({ cell }) => rows.some((row) => says(cell(row))));
}

function filled(cell: Partial<Cell>): Cell {
  return { text: "", value: null, className: "", link: null, marks: [], details: [], bar: "", ...cell };
}
