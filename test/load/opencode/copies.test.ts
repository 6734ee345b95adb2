import { expect, test } from "vitest";
import { copiedMessages } from "../../../src/load/opencode/copies.js";
import type { MessageDraft } from "../../../src/load/opencode/drafts.js";
import { messageDraft } from "../../support/message-drafts.js";

const TOKENS = { uncachedInput: 100, cacheRead: 0, cacheWrite: 0, output: 10, reasoning: 0 };
const prompt = (id: string, createdAt: number) => messageDraft(id, "user", { createdAt });
const answer = (id: string, createdAt: number, fields: Partial<MessageDraft> = {}) =>
  messageDraft(id, "assistant", { createdAt, completedAt: createdAt + 50, tokens: TOKENS, costUsd: 1, ...fields });
const session = (id: string, createdAt: number, ...messages: MessageDraft[]) => ({ id, createdAt, messages });
const copiedIn = (...sessions: ReturnType<typeof session>[]) =>
  [...copiedMessages(sessions)].map(({ id }) => id).sort();

test("an import under other ids is a copy: its answers, and the prompts that it has in common", () => {
  const original = session("ses_a", 0, prompt("a1", 10), answer("a2", 20));
  const copy = session("ses_b", 0, prompt("b1", 10), answer("b2", 20), prompt("b3", 99), answer("b4", 100));
  expect(copiedIn(original, copy)).toEqual(["b1", "b2"]);
  expect(copiedIn(copy, original)).toEqual(["b1", "b2"]);
});

test("the original is the session that was made first, else the one whose id was", () => {
  const at = 1_795_189_405_129;
  const natural = session("ses_e065f8a36ffeGeYLhHSYlVQ46W", at, answer("a", at + 1));
  const edited = session("ses_d065f8a36ffeGeYLhHSYlVQ46W", at, answer("b", at + 1));
  expect(copiedIn(edited, natural)).toEqual(["b"]);
  expect(copiedIn({ ...natural, createdAt: at + 1 }, edited)).toEqual(["a"]);
});

test("a copy of a copy is one too, whatever the order", () => {
  const chain = ["a", "b", "c"].map((id, i) => session(`ses_${id}`, i, prompt(`${id}1`, 10), answer(`${id}2`, 20)));
  expect(copiedIn(...chain)).toEqual(["b1", "b2", "c1", "c2"]);
  expect(copiedIn(...chain.toReversed())).toEqual(["b1", "b2", "c1", "c2"]);
});

test("prompts of the same millisecond are no copies: subagents start side by side", () => {
  const one = session("ses_a", 0, prompt("a1", 10), answer("a2", 20));
  const two = session("ses_b", 0, prompt("b1", 10), answer("b2", 21));
  expect(copiedIn(one, two)).toEqual([]);
});

test.each([
  ["another model", { model: "m/other" }],
  ["other tokens", { tokens: { ...TOKENS, output: 11 } }],
  ["another cost", { costUsd: 2 }],
])("an answer of the same instant with %s is no copy", (_, other) => {
  const original = session("ses_a", 0, answer("a", 20, other));
  expect(copiedIn(original, session("ses_b", 0, answer("b", 20)))).toEqual([]);
  expect(copiedIn(original, session("ses_b", 0, answer("b", 20, other)))).toEqual(["b"]);
});

test.each([
  ["no end", { completedAt: null }],
  ["no tokens", { tokens: null }],
  ["tokens of 0", { tokens: { ...TOKENS, uncachedInput: 0, output: 0 } }],
])("two answers of the same instant with %s may well be two", (_, other) => {
  expect(copiedIn(session("ses_a", 0, answer("a", 20, other)), session("ses_b", 0, answer("b", 20, other)))).toEqual(
    [],
  );
});

test("what a fork's ids tell holds without the original, and twice the same in one session is no copy", () => {
  expect(copiedIn(session("ses_a", 30, answer("a", 20, { isCopied: true })))).toEqual(["a"]);
  expect(copiedIn(session("ses_a", 0, answer("a", 20), answer("b", 20)))).toEqual([]);
});
