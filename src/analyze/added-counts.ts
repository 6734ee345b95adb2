import type { Counts } from "../model/tally.js";
import type { TokenUsage } from "../model/units.js";

/** One after the other, as OpenCode adds them: the last digit of a half depends on it. */
export function addedCounts(counts: readonly Counts[]): Counts {
  return {
    messages: counts.reduce((sum, { messages }) => sum + messages, 0),
    tokens: addedTokens(counts.map(({ tokens }) => tokens)),
    costUsd: counts.reduce((sum, { costUsd }) => sum + costUsd, 0),
  };
}

/** Tokens kind by kind. */
export function addedTokens(usages: readonly TokenUsage[]): TokenUsage {
  const tokens = (kind: keyof TokenUsage) => usages.reduce((sum, usage) => sum + usage[kind], 0);
  return {
    uncachedInput: tokens("uncachedInput"),
    cacheRead: tokens("cacheRead"),
    cacheWrite: tokens("cacheWrite"),
    output: tokens("output"),
    reasoning: tokens("reasoning"),
  };
}
