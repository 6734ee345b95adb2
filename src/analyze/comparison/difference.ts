import { median } from "simple-statistics";
import type { Difference } from "../../model/comparison.js";
import { rankTest } from "./rank-test.js";

/** A figure of each session of a side; null where it is not known. */
export type Figures = readonly (number | null)[];

/** Costs have nine digits after the point, and no other figure has more. */
const DIGITS = 9;

/** A figure on both sides: of one session each itself, of groups the median, tested. */
export function difference(a: Figures, b: Figures): Difference {
  const [knownA, knownB] = [known(a), known(b)];
  const pair = { a: middle(knownA), b: middle(knownB) };
  const isOfGroups = a.length > 1 || b.length > 1;
  return { ...pair, difference: between(pair.a, pair.b), ...(isOfGroups && { test: rankTest(knownA, knownB) }) };
}

/** b − a, without the noise of the last binary digits. */
export function between(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : withoutNoise(b - a);
}

function known(figures: Figures): number[] {
  return figures.filter((figure) => figure !== null);
}

function middle(values: readonly number[]): number | null {
  return values.length === 0 ? null : withoutNoise(median([...values]));
}

function withoutNoise(figure: number): number {
  return Number.isInteger(figure) ? figure : Number(figure.toFixed(DIGITS));
}
