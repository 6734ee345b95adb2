import type { SkillUse, WorkDone } from "../model/report.js";
import type { Usd } from "../model/units.js";
import { roundedUsd } from "./round.js";

/** All of it together; the cost is null where one part has none. */
export function allDone(all: readonly WorkDone[]): WorkDone {
  const total = (of: (done: WorkDone) => number) => all.reduce((sum, done) => sum + of(done), 0);
  const costUsd = all.reduce<Usd | null>(
    (sum, done) => (sum === null || done.costUsd === null ? null : sum + done.costUsd),
    0,
  );
  return {
    steps: total(({ steps }) => steps),
    toolCalls: total(({ toolCalls }) => toolCalls),
    toolErrors: total(({ toolErrors }) => toolErrors),
    ms: total(({ ms }) => ms),
    tokens: total(({ tokens }) => tokens),
    costUsd: roundedUsd(costUsd),
  };
}

/** What came after several uses in one step is the same work. */
export function distinctWork(uses: readonly Pick<SkillUse, "messageId" | "after">[]): WorkDone[] {
  return [...new Map(uses.map(({ messageId, after }) => [messageId, after])).values()];
}
