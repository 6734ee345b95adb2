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
  return steps.reduce<Usd | null>((sum, { message, promptTokens }) => {
    const rates = ratesOf(message);
    if (sum === null || rates === null || message.tokens === null) return null;
    const readsCache = message.tokens.cacheRead > 0;
    return sum + promptTokens * (readsCache ? rates.cacheRead : rates.uncachedInput);
  }, 0);
}

/** Their cost; null where one of them has none. */
export function costOfSteps(steps: readonly Step[]): Usd | null {
  return steps.reduce<Usd | null>((sum, { message }) => {
    return sum === null || message.costUsd === null ? null : sum + message.costUsd;
  }, 0);
}
