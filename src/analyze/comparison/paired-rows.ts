import type { Difference, Presence } from "../../model/comparison.js";
import { difference } from "./difference.js";

/** The figures of a row; null where one is not known. */
export type RowFigures<Field extends string> = Readonly<Record<Field, number | null>>;

/** A table of one report, by what its rows are about. `absent`: the figures of what it has no row of. */
export interface FigureTable<Field extends string> {
  readonly rows: ReadonlyMap<string, RowFigures<Field>>;
  readonly absent: RowFigures<Field>;
}

/** A row of both sides. */
export type PairedRow<Field extends string> = Readonly<Record<Field, Difference>> & {
  readonly key: string;
  readonly isIn: Presence;
};

/** The rows of the tables of both sides, paired by their keys; those with the largest difference in `by` first. */
export function pairedRows<Field extends string>(
  a: readonly FigureTable<Field>[],
  b: readonly FigureTable<Field>[],
  by: NoInfer<Field>,
): PairedRow<Field>[] {
  const keys = new Set([...a, ...b].flatMap(({ rows }) => [...rows.keys()]));
  const paired = [...keys].map((key) => pairedRow(key, a, b));
  const sizeOf = (row: PairedRow<Field>) => size(row[by] as Difference);
  return paired.sort((one, other) => sizeOf(other) - sizeOf(one) || (one.key < other.key ? -1 : 1));
}

/** By how much the sides differ; what is not known comes last. */
export function size({ difference: by }: Difference): number {
  return by === null ? -1 : Math.abs(by);
}

function pairedRow<Field extends string>(
  key: string,
  a: readonly FigureTable<Field>[],
  b: readonly FigureTable<Field>[],
): PairedRow<Field> {
  const figuresIn = ({ rows, absent }: FigureTable<Field>) => rows.get(key) ?? absent;
  const [ofA, ofB] = [a.map(figuresIn), b.map(figuresIn)];
  const fields = Object.keys((a[0] as FigureTable<Field>).absent) as Field[];
  const figures = fields.map((field) => [
    field,
    difference(
      ofA.map((row) => row[field]),
      ofB.map((row) => row[field]),
    ),
  ]);
  const has = (tables: readonly FigureTable<Field>[]) => tables.some(({ rows }) => rows.has(key));
  return { ...Object.fromEntries(figures), key, isIn: presence(has(a), has(b)) };
}

export function presence(isInA: boolean, isInB: boolean): Presence {
  return isInA && isInB ? "both" : isInA ? "a" : "b";
}
