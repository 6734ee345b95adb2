import { quickselect } from "simple-statistics";

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

/** Rounds so that the sum is the rounded sum: the largest remainders are rounded up, of equal ones the first. */
export function wholeNumbers(values: readonly number[]): number[] {
  const whole = values.map((value) => Math.floor(value));
  const remainders = values.map((value, i) => value - (whole[i] as number));
  const missing = Math.round(sumOf(values)) - sumOf(whole);
  if (missing > 0) roundUp(whole, remainders, missing);
  return whole;
}

/** Rounds up so many of the numbers, those that lost most; none that lost nothing. */
function roundUp(whole: number[], remainders: readonly number[], count: number): void {
  const ordered = [...remainders];
  const least = Math.max(0, ordered.length - count);
  quickselect(ordered, least);
  const bound = ordered[least] as number;
  const larger = remainders.filter((remainder) => remainder > bound).length;
  let atBound = bound > 0 ? count - larger : 0;
  for (let i = 0; i < whole.length; i++) {
    const remainder = remainders[i] as number;
    if (remainder > bound || (remainder === bound && atBound-- > 0)) whole[i] = (whole[i] as number) + 1;
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
