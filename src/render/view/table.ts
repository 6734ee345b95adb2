/**
 * Which rows of a long table stand in the page: the largest, in their own order. The rest is summed in one row.
 * `gaps`: for each row of the rest, how many of the shown ones stand between it and the one of the rest before it.
 */
export interface CutTable<Row> {
  readonly shown: readonly Row[];
  readonly rest: readonly Row[];
  readonly gaps: readonly number[];
}

export const STATIC_ROWS = 200;
/** Where more than these are left out, none of them stands in the page: it would grow beyond what can be sent around. */
const MOST_PACKED_ROWS = 1_000;

export function cutTable<Row>(rows: readonly Row[], size: (row: Row) => number, limit: number): CutTable<Row> {
  if (rows.length <= limit) return { shown: rows, rest: [], gaps: [] };
  const bySize = rows.map((row, i) => ({ row, i })).sort((a, b) => size(b.row) - size(a.row) || a.i - b.i);
  const kept = new Set(bySize.slice(0, limit).map(({ i }) => i));
  const left = rows.flatMap((_row, i) => (kept.has(i) ? [] : [i]));
  return {
    shown: rows.filter((_row, i) => kept.has(i)),
    rest: left.map((i) => rows[i] as Row),
    gaps: left.map((i, nth) => i - 1 - (left[nth - 1] ?? -1)),
  };
}

/** The rows that a cut table leaves out, for the template `packed-rows`; null where it leaves out none, or too many. */
export interface PackedRows<View> {
  /** As in `data-table`. */
  readonly name: string;
  /** Its rows are made by the template `rows-<template>`. */
  readonly template: string;
  readonly rows: readonly View[];
  readonly gaps: readonly number[];
}

export function packedRows<Row, View>(
  name: string,
  { rest, gaps }: CutTable<Row>,
  view: (row: Row) => View,
  template = name,
): PackedRows<View> | null {
  return rest.length === 0 || rest.length > MOST_PACKED_ROWS ? null : { name, template, rows: rest.map(view), gaps };
}
