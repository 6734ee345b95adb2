/** How small a pivot may be beside the largest number of its column before the equations count as dependent. */
const DEPENDENT = 1e-10;

/**
 * Solves a square system of linear equations by Gaussian elimination with partial pivoting.
 * `matrix` by rows, as long as `right`. Returns null where the equations depend on each other.
 */
export function linearSolve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const scale = rows.map((row) => Math.max(...row.slice(0, size).map(Math.abs), Number.MIN_VALUE));
  for (let column = 0; column < size; column++) {
    const pivot = pivotRow(rows, column);
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    [scale[column], scale[pivot]] = [scale[pivot] as number, scale[column] as number];
    const top = rows[column] as number[];
    if (Math.abs(top[column] as number) <= DEPENDENT * (scale[column] as number)) return null;
    for (const row of rows) if (row !== top) eliminate(row, top, column);
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number));
}

function pivotRow(rows: readonly (readonly number[])[], column: number): number {
  let best = column;
  for (let row = column + 1; row < rows.length; row++)
    if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[best]?.[column] as number)) best = row;
  return best;
}

function eliminate(row: number[], top: readonly number[], column: number): void {
  const factor = (row[column] as number) / (top[column] as number);
  if (factor === 0) return;
  for (let i = column; i < row.length; i++) row[i] = (row[i] as number) - factor * (top[i] as number);
}
