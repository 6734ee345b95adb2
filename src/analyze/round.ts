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

/**
 * Rounds so that the sum is the rounded sum: the largest remainders are rounded up, of equal ones the first. Loops, as
 * each of thousands of prompts may have thousands of pieces.
 */
export function wholeNumbers(values: readonly number[]): number[] {
  const whole: number[] = [];
  const remainders: number[] = [];
  let sum = 0;
  let wholeSum = 0;
  for (const value of values) {
    const floor = Math.floor(value);
    whole.push(floor);
    remainders.push(value - floor);
    sum += value;
    wholeSum += floor;
  }
  const missing = Math.round(sum) - wholeSum;
  if (missing > 0) roundUp(whole, remainders, missing);
  return whole;
}

/** Rounds up so many of the numbers, those that lost most; none that lost nothing. */
function roundUp(whole: number[], remainders: readonly number[], count: number): void {
  const bound = boundOfLargest(remainders, count);
  let atBound = bound > 0 ? count : 0;
  for (const remainder of remainders) if (remainder > bound) atBound--;
  for (let i = 0; i < whole.length; i++) {
    const remainder = remainders[i] as number;
    if (remainder > bound || (remainder === bound && atBound-- > 0)) whole[i] = (whole[i] as number) + 1;
  }
}

/** The least of so many largest numbers. */
function boundOfLargest(numbers: readonly number[], count: number): number {
  const ordered = numbers.slice();
  const least = Math.max(0, ordered.length - count);
  quickselect(ordered, least);
  return ordered[least] as number;
}
