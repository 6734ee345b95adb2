import type { Tokens, Usd } from "../../model/units.js";
import type { Step } from "./steps.js";

/** All that the calls of some steps took, input and output. */
export function tokensOfSteps(steps: readonly Step[]): Tokens {
  return steps.reduce((sum, { promptTokens, outputTokens }) => sum + promptTokens + outputTokens, 0);
}

/** Their cost; null where one of them has none. */
export function costOfSteps(steps: readonly Step[]): Usd | null {
  return steps.reduce<Usd | null>((sum, { message }) => {
    return sum === null || message.costUsd === null ? null : sum + message.costUsd;
  }, 0);
}
