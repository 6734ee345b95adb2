import type { Member } from "../../src/analyze/collection/fold.js";
import { Collecting } from "../../src/analyze/collection/index.js";
import type { CollectionIndex } from "../../src/model/collection.js";
import type { Report } from "../../src/model/report.js";

/** What a report counts for in a collection. */
export function memberOf(report: Report, isCopy = false): Member {
  const { messages, tokens, costUsd, toolCalls, toolErrors } = report.summary;
  const all = { messages, tokens, costUsd: costUsd ?? 0 };
  return { report, all, own: { ...all, toolCalls, toolErrors }, isCopy, exitCodes: [] };
}

/** The collection of a few members, of which every Report is kept. */
export function collectionOf(...members: readonly Member[]): CollectionIndex {
  const collecting = new Collecting();
  for (const member of members) collecting.add(member, () => true);
  const tokens = { uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  const perSession = { costPerDayUsd: 0, meanTokensPerSession: 0, medianTokensPerSession: 0 };
  return collecting.index({
    generator: { name: "sessionflame", version: "test" },
    scope: { isNamed: true, days: null, project: null },
    counted: { sessions: members.length, messages: 0, tokens, costUsd: 0, days: 1, ...perSession },
    unreadable: [],
  });
}
