import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import type { Report } from "../../src/model/report.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";

/** How far a claimed saving may be from what the changed session really saved. */
const TOLERANCE = 0.25;

async function reportOf(name: string): Promise<Report> {
  const [session] = await loadRoots(recordedPath(`1.18.34 ${name}`));
  if (!session) throw new Error(`nothing in ${name}`);
  return analyze(session, "test");
}

// The same work was recorded twice with the same model, once as the suggestion found it and once as it suggests.
test.each([
  { rule: "sequential-reads", before: "sequential-reads", after: "batched-reads" },
  { rule: "serial-subagents", before: "serial-tasks", after: "parallel-tasks" },
])("what $rule claims is what the changed session saved, within a quarter", async ({ rule, before, after }) => {
  const [as, changed] = [await reportOf(before), await reportOf(after)];
  const claimed = as.suggestions.find((suggestion) => suggestion.rule === rule)?.savings;
  const saved = {
    ms: as.summary.activeMs - changed.summary.activeMs,
    tokens: as.summary.tokens.total - changed.summary.tokens.total,
    usd: (as.summary.costUsd ?? 0) - (changed.summary.costUsd ?? 0),
  };
  for (const what of ["ms", "tokens", "usd"] as const) {
    const ratio = (claimed?.[what] ?? 0) / saved[what];
    expect([what, Math.abs(ratio - 1) <= TOLERANCE]).toEqual([what, true]);
  }
  expect(changed.suggestions.map((suggestion) => suggestion.rule)).not.toContain(rule);
});
