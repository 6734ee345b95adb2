/** The mean of the values that are known; null where none is. `weightOf`: how much each counts, 1 as a rule. */
export function knownMean<Row>(
  rows: readonly Row[],
  figureOf: (row: Row) => number | null,
  weightOf: (row: Row) => number = () => 1,
): number | null {
  const known = rows.flatMap((row) => {
    const value = figureOf(row);
    return value === null ? [] : [{ value, weight: weightOf(row) }];
  });
  const all = known.reduce((sum, { weight }) => sum + weight, 0);
  return all === 0 ? null : known.reduce((sum, { value, weight }) => sum + value * weight, 0) / all;
}
