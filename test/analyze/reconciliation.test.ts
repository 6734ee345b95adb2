import { expect, test } from "vitest";
import { reconciliation } from "../../src/analyze/reconciliation.js";
import type { CountedPlace } from "../../src/model/session.js";
import { sessionFromMessages } from "../support/context-text.js";

const counted = (place: CountedPlace["place"], input: number, costUsd: number | null = 1, sessionId = "ses_test") => ({
  ...{ place, sessionId, costUsd },
  tokens: { uncachedInput: input, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
});
const rowsOf = (places: readonly CountedPlace[], messages = "call build p/m prompt:9") =>
  reconciliation({ ...sessionFromMessages(messages), counted: places });
const differenceOf = (place: CountedPlace, messages?: string) =>
  rowsOf([counted("messages", 100), place], messages).find((row) => row.place === place.place)?.difference;

test("what each place has is summed over the session and its subagents, in one order", () => {
  const rows = rowsOf([
    counted("session", 100),
    counted("messages", 100, 0.1),
    counted("messages", 20, 0.2, "ses_sub"),
    counted("session", 20, null, "ses_sub"),
  ]);
  expect(rows.map(({ place, tokens, costUsd }) => [place, tokens.total, costUsd])).toEqual([
    ["messages", 120, 0.3],
    ["session", 120, 1],
  ]);
});

test("a place that does not tell of all sessions has no row; without messages there is none", () => {
  const rows = rowsOf([counted("messages", 100), counted("messages", 20, 1, "ses_sub"), counted("steps", 100)]);
  expect(rows.map(({ place }) => place)).toEqual(["messages"]);
  expect(rowsOf([counted("session", 100)])).toEqual([]);
});

test("places that agree have no difference, sums of fractions taken as equal", () => {
  expect(differenceOf(counted("steps", 100, 1 + 1e-9))).toBe("");
  expect(rowsOf([counted("messages", 100)])[0]?.difference).toBe("");
});

test("where only the costs differ, that is said, whatever the place", () => {
  expect(differenceOf(counted("steps", 100, 2))).toBe("The costs differ only.");
  expect(differenceOf(counted("session", 100, 2))).toBe("The costs differ only.");
});

test("steps may have more than messages, or have been lost", () => {
  expect(differenceOf(counted("steps", 150))).toMatch(/the last one only/);
  expect(differenceOf(counted("steps", 50))).toMatch(/no end of a step/);
});

test("a session that has more counts calls that stand in no message, or its reasoning twice", () => {
  expect(differenceOf(counted("session", 150))).toMatch(/calls that stand in no message/);
  expect(differenceOf(counted("session", 150), "call build p/m prompt:9 inside")).toMatch(/reasoning inside output/);
});

test("a session that has less does not count what was copied or taken back; else nothing says why", () => {
  expect(differenceOf(counted("session", 50), "call build p/m prompt:60 copied")).toMatch(/a fork copied/);
  expect(differenceOf(counted("session", 50), "call build p/m prompt:60 reverted")).toMatch(/taken back/);
  // What was taken back is less than what is missing.
  expect(differenceOf(counted("session", 50), "call build p/m prompt:9 reverted")).toMatch(/Nothing/);
  expect(differenceOf(counted("session", 50))).toBe("Nothing in the data says why.");
});
