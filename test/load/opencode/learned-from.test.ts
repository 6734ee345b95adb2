import { expect, test } from "vitest";
import type { MessageDraft } from "../../../src/load/opencode/drafts.js";
import { learnedFrom } from "../../../src/load/opencode/learned-from.js";
import { wordsOf } from "../../../src/load/words.js";
import { messageDraft, textDraft, toolDraft } from "../../support/message-drafts.js";

/** Steps of one session: what was said, then `given -> returned` of each call. */
function learned(...messages: readonly (readonly [said: string, ...calls: string[]])[]): string[][] {
  const drafts = messages.map(([said, ...calls], i): MessageDraft => {
    const tools = calls.map((call, k) => {
      const [given = "", returned = ""] = call.split("->");
      const words = { given: wordsOf(given), returned: wordsOf(returned) };
      return toolDraft("read", 0, 1, { callId: `${i}.${k}`, words });
    });
    return messageDraft(`m${i}`, i === 0 ? "user" : "assistant", { parts: [textDraft(said), ...tools] });
  });
  return [...learnedFrom(drafts).values()].map((ids) => [...ids]);
}

test("a call has learned from the result that was the first to hold a word of its arguments", () => {
  expect(learned(["look around"], ["", "src/a.ts -> import './token'"], ["", "src/token.ts -> export"])).toEqual([
    [],
    ["1.0"],
  ]);
});

test("what the prompt named was known without any result", () => {
  expect(learned(["see token"], ["", "src/a.ts -> import './token'"], ["", "src/token.ts -> x"])).toEqual([[], []]);
});

test("what no text held before the model knew by itself", () => {
  expect(learned(["look"], ["", "src/a.ts -> nothing"], ["", "src/b.ts -> nothing"])).toEqual([[], []]);
});

test("what an answer said only after a result had held it was learned from the result", () => {
  expect(learned(["look"], ["", "a -> token"], ["Now the token.", "token -> x"])).toEqual([[], ["1.0"]]);
});

test("calls of one answer were made before any of them gave something back", () => {
  expect(learned(["look"], ["", "a -> token", "token -> a"])).toEqual([[], []]);
});

test("each result counts that was the first to hold one of the words", () => {
  expect(learned(["look"], ["", "a -> first"], ["", "b -> second"], ["", "first second first -> x"])).toEqual([
    [],
    [],
    ["1.0", "2.0"],
  ]);
});

test("what the model said before a call was taken from a result counts for the call", () => {
  expect(learned(["look"], ["", "a -> line 812 of it"], ["The button is in line 812.", "b -> x"])).toEqual([
    [],
    ["1.0"],
  ]);
});
