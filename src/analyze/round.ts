/** Rounds here, once, so that a figure is the same wherever it is shown. */
export function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

/** Costs are sums of decimal fractions: nine digits are more than any price list has. */
const USD_DIGITS = 9;

export function roundedUsd(usd: number | null): number | null {
  return usd === null ? null : rounded(usd, USD_DIGITS);
}

/** Rounds so that the sum is the rounded sum: the largest remainders are rounded up. */
export function wholeNumbers(values: readonly number[]): number[] {
  const whole = values.map(Math.floor);
  const total = Math.round(values.reduce((sum, value) => sum + value, 0));
  const missing = total - whole.reduce((sum, value) => sum + value, 0);
  if (missing === 0) return whole;
  const remainders = values.map((value, i) => value - (whole[i] as number));
  const open = remainders.flatMap((remainder, i) => (remainder > 0 ? [i] : []));
  open.sort((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b);
  for (const i of open.slice(0, missing)) whole[i] = (whole[i] as number) + 1;
  return whole;
}
