import type { Tokens, Usd } from "../../model/units.js";
import type { RatesOf } from "../prices.js";
import type { Step } from "./steps.js";

/** All that the calls of some steps took, input and output. */
export function tokensOfSteps(steps: readonly Step[]): Tokens {
  return steps.reduce((sum, { promptTokens, outputTokens }) => sum + promptTokens + outputTokens, 0);
}

/** All of their input. */
export function promptsOfSteps(steps: readonly Step[]): Tokens {
  return steps.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
}

/**
 * What would not have been paid, had what these steps brought in come in with the step before instead: their prompts, but
 * what was new in each is paid for once in any case. Where calls read the cache, sparing one spares only another reading
 * of it. null where the prices are not known.
 */
export function costOfSparedPrompts(steps: readonly Step[], ratesOf: RatesOf): Usd | null {
  const costs = steps.map(({ message, promptTokens }): Usd | null => {
    const rates = ratesOf(message);
    if (rates === null || message.tokens === null) return null;
    return promptTokens * (message.tokens.cacheRead > 0 ? rates.cacheRead : rates.uncachedInput);
  });
  return addedUsd(costs);
}

/** What so many tokens at the beginning of each of their prompts cost; null where the prices are not known. */
export function costOfSparedStart(tokens: Tokens, steps: readonly Step[], ratesOf: RatesOf): Usd | null {
  const costs = steps.map(({ message }): Usd | null => {
    const rates = ratesOf(message);
    if (rates === null || message.tokens === null) return null;
    const { cacheRead, cacheWrite } = message.tokens;
    return tokens * (cacheRead > 0 ? rates.cacheRead : cacheWrite > 0 ? rates.cacheWrite : rates.uncachedInput);
  });
  return addedUsd(costs);
}

/** Their cost; null where one of them has none. */
export function costOfSteps(steps: readonly Step[]): Usd | null {
  return addedUsd(steps.map(({ message }) => message.costUsd));
}

/** The sum; null where one of them is not known. */
export function addedUsd(costs: readonly (Usd | null)[]): Usd | null {
  return costs.reduce<Usd | null>((sum, usd) => (sum === null || usd === null ? null : sum + usd), 0);
}
