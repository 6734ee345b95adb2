import { sum } from "simple-statistics";
import { expect } from "vitest";
import type { Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import type { TokenUsage } from "../../src/model/units.js";
import { formatShares } from "../../src/report/format.js";

const COUNTS = ["uncachedInput", "cacheRead", "cacheWrite", "output", "reasoning"] as const;
const inputOf = ({ uncachedInput, cacheRead, cacheWrite }: TokenUsage) => uncachedInput + cacheRead + cacheWrite;

/** What the token ledger says sums up, to what the provider counted and was paid for. */
export function expectTokenLedger(session: Session, report: Report): void {
  expectComposition(session, report);
  expectFiles(report);
  expectGroups(report);
  expectReconciliation(report);
}

/** Each prompt is what it was made of; there is one for every message whose input was counted. */
function expectComposition({ messages }: Session, { tokens: { composition } }: Report): void {
  for (const { promptTokens, parts, fileResultTokens } of composition) {
    expect(sum(parts.map(({ tokens }) => tokens))).toBe(promptTokens);
    expect(parts.filter(({ tokens }) => !Number.isInteger(tokens) || tokens <= 0)).toEqual([]);
    expect(new Set(parts.map(({ kind }) => kind)).size).toBe(parts.length);
    const results = parts.find(({ kind }) => kind === "tool-result")?.tokens ?? 0;
    expect(fileResultTokens >= 0 && fileResultTokens <= results).toBe(true);
  }
  const counted = messages.filter(({ tokens }) => tokens && inputOf(tokens) > 0);
  expect(composition.map(({ messageId }) => messageId).sort()).toEqual(counted.map(({ id }) => id).sort());
}

/** All rows by file together are all input: in tokens, in shares, as displayed, and in what they cost. */
function expectFiles(report: Report): void {
  const {
    tokens: { byFile },
    summary,
  } = report;
  const cost = inputCostByFile(report);
  if (cost !== null) expect(cost).toBeLessThanOrEqual((summary.costUsd ?? 0) + 1e-4);
  const input = inputOf(summary.tokens);
  expect(sum(byFile.map(({ carriedTokens }) => carriedTokens))).toBe(input);
  expect(byFile.filter(({ carriedTokens }) => carriedTokens < 0)).toEqual([]);
  if (input === 0) return;
  const shares = byFile.map(({ share }) => share);
  expect(sum(shares)).toBeCloseTo(1, 6);
  const displayed = formatShares(shares, 1).map((text) => (text.startsWith("<") ? 0 : Number.parseFloat(text) * 10));
  expect(sum(displayed.map(Math.round))).toBe(1_000);
}

/** Models, agents and turns share out the session's tokens; calls outside every turn have a row of their own. */
function expectGroups({ tokens: { byModel, byAgent, byTurn }, summary }: Report): void {
  for (const rows of [byModel, byAgent, byTurn]) {
    for (const field of [...COUNTS, "total"] as const)
      expect([field, sum(rows.map(({ tokens }) => tokens[field]))]).toEqual([field, summary.tokens[field]]);
    expect(sum(rows.map(({ costUsd }) => costUsd ?? 0))).toBeCloseTo(summary.costUsd ?? 0, 6);
  }
}

/** What this report counts is one of the places that it is held against; where others differ, it says why. */
function expectReconciliation({ tokens: { reconciliation }, summary }: Report): void {
  const messages = reconciliation.find(({ place }) => place === "messages");
  if (summary.tokens.total > 0) expect(messages?.tokens).toEqual(summary.tokens);
  for (const { place, tokens, difference } of reconciliation)
    if (place !== "messages") expect(difference === "").toBe(tokens.total === messages?.tokens.total);
}

/** Where each row by file has a cost, they sum to what the input cost: all but what the answers cost at these rates. */
export function inputCostByFile({ tokens: { byFile } }: Report): number | null {
  return byFile.some(({ costUsd }) => costUsd === null) ? null : sum(byFile.map(({ costUsd }) => costUsd ?? 0));
}
