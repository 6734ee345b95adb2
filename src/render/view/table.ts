/** Which rows of a long table stand in the page: the largest, in their own order. The rest is summed in one row. */
export interface CutTable<Row> {
  readonly shown: readonly Row[];
  readonly rest: readonly Row[];
}

export const STATIC_ROWS = 200;

export function cutTable<Row>(rows: readonly Row[], size: (row: Row) => number, limit: number): CutTable<Row> {
  if (rows.length <= limit) return { shown: rows, rest: [] };
  const bySize = rows.map((row, i) => ({ row, i })).sort((a, b) => size(b.row) - size(a.row) || a.i - b.i);
  const kept = new Set(bySize.slice(0, limit).map(({ row }) => row));
  return { shown: rows.filter((row) => kept.has(row)), rest: rows.filter((row) => !kept.has(row)) };
}
