import type { Tokens } from "../../model/units.js";
import { wholeNumbers } from "../round.js";

/** What each addition gets of a growth, in whole tokens, and what is left over: below 0 where the growth is too small for all. */
export interface FittedGrowth {
  readonly tokens: readonly Tokens[];
  readonly rest: Tokens;
}

/** How far the exact growth may move an addition from its estimate. */
const LEAST = 0.5;
const MOST = 2;
/** How far an estimate is off as a rule: a share of it, and a little more. */
const ERROR_SHARE = 0.05;
const ERROR_TOKENS = 1;
/** An estimate that may be anything: an image's. */
export const ANYTHING = null;

/**
 * Shares a growth out over what was added: each addition is moved from its estimate by as much as it is likely to be
 * off (the square of its error), within bounds. What has no estimate takes what is left.
 */
export function fitGrowth(estimates: readonly (number | typeof ANYTHING)[], growth: Tokens): FittedGrowth {
  const known = estimates.map((estimate) => estimate ?? 0);
  const open = estimates.filter((estimate) => estimate === ANYTHING).length;
  const sum = known.reduce((total, estimate) => total + estimate, 0);
  const shared = open > 0 && growth > sum ? known : movedBy(known, growth - sum);
  const left = growth - shared.reduce((total, tokens) => total + tokens, 0);
  const withOpen = shared.map((tokens, i) => (estimates[i] === ANYTHING && left > 0 ? left / open : tokens));
  const tokens = wholeNumbers(withOpen);
  return { tokens, rest: growth - tokens.reduce((total, each) => total + each, 0) };
}

/** Moves the estimates by `difference` in all, as far as their bounds let it. */
function movedBy(estimates: readonly number[], difference: number): number[] {
  const moved = [...estimates];
  let left = difference;
  let free = estimates.map((_, i) => i).filter((i) => (estimates[i] as number) > 0);
  while (free.length > 0 && Math.abs(left) > 1e-6) {
    const slack = free.map((i) => (ERROR_SHARE * (estimates[i] as number)) ** 2 + ERROR_TOKENS ** 2);
    const total = slack.reduce((sum, each) => sum + each, 0);
    const step = left;
    free.forEach((i, k) => {
      const estimate = estimates[i] as number;
      const wanted = (moved[i] as number) + (step * (slack[k] as number)) / total;
      const given = Math.min(MOST * estimate, Math.max(leastOf(estimate), wanted));
      left -= given - (moved[i] as number);
      moved[i] = given;
    });
    free = free.filter((i) => {
      const [estimate, tokens] = [estimates[i] as number, moved[i] as number];
      return left > 0 ? tokens < MOST * estimate : tokens > leastOf(estimate);
    });
  }
  return moved;
}

/** Whatever is in a prompt takes a token at least. */
function leastOf(estimate: number): number {
  return Math.min(estimate, Math.max(1, LEAST * estimate));
}
