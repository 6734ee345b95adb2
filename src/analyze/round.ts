/** Rounds here, once, so that a figure is the same wherever it is shown. */
export function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
