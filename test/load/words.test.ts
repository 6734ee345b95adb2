import { expect, test } from "vitest";
import { wordsOf } from "../../src/load/words.js";

const sharesAWord = (a: string, b: string) => wordsOf(a).some((word) => wordsOf(b).includes(word));

test("a path is several words, whatever stands between them and however they are written", () => {
  expect(sharesAWord("/home/dev/app/src/token.ts", 'import { Token } from "./Token";')).toBe(true);
  expect(sharesAWord("src/token.ts", "src\\token.ts")).toBe(true);
  expect(sharesAWord("token.ts", "the tokens of a session")).toBe(false);
});

test("every different word is one number, in the order in which they come first", () => {
  expect(wordsOf("read read write")).toHaveLength(2);
  expect([...wordsOf("write read")]).toEqual([...wordsOf("read write")].reverse());
  expect(wordsOf(" ,;/ ")).toHaveLength(0);
});

test("words outside ASCII are words too", () => {
  expect(sharesAWord("lies größe.md", "größe")).toBe(true);
});

test("10,000 different words are 10,000 numbers, or nearly", () => {
  const words = Array.from({ length: 10_000 }, (_, i) => `word${i}`).join(" ");
  expect(wordsOf(words).length).toBeGreaterThan(9_995);
});

test("what lies beyond 262,144 characters is not looked at", () => {
  expect(sharesAWord(`${"x ".repeat(131_072)}late`, "late")).toBe(false);
});
