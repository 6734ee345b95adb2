import type { Counts, SessionTally } from "../../src/model/tally.js";
import type { TokenUsage } from "../../src/model/units.js";

const NO_TOKENS: TokenUsage = { uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/** Counts of so many messages, so much input and so much money. */
export function countsOf(messages: number, uncachedInput = 0, costUsd = 0, more: Partial<TokenUsage> = {}): Counts {
  return { messages, tokens: { ...NO_TOKENS, uncachedInput, ...more }, costUsd };
}

/** The tally of a session of nothing, with what matters to a test. */
export function tallyOf(tally: Partial<SessionTally>): SessionTally {
  const all = tally.all ?? countsOf(0);
  return {
    ...{ id: "ses_1", parentId: null, projectId: null, directory: "/p", rule: "1.15", createdAt: 0, updatedAt: 0 },
    ...{ isCopy: false, own: all, models: [], tools: [], skillsByUser: 0 },
    ...tally,
    all,
  };
}
