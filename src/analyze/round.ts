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
  const byRemainder = values.map((value, i) => ({ i, remainder: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, missing)) whole[i] = (whole[i] as number) + 1;
  return whole;
}
