import fc from "fast-check";
import { expect, test } from "vitest";
import { matcher } from "../../assets/chart/matcher.js";

const finds = (words: string, isRegex: boolean, text: string) => matcher(words, isRegex)?.(text);

test.each([
  ["npm", "bash npm test", true],
  ["NPM Test", "bash npm test", true],
  ["npm  test", "bash npm test", false],
  ["a.c", "abc", false],
  ["(", "f(x)", true],
  ["", "anything", true],
])("the words %j in %j: %j", (words, text, isThere) => {
  expect(finds(words, false, text)).toBe(isThere);
});

test.each([
  ["^bash", "bash npm test", true],
  ["^npm", "bash npm test", false],
  ["^npm", "bash\nnpm test", true],
  ["\\.ts$", "read a.ts\nb.md", true],
  ["A.C", "abc", true],
  ["read|write", "write a.ts", true],
  ["\\.tsx?$", "read src/auth.tsx", true],
  ["[\\p{L}]{3}", "日本語", true],
])("the expression %j in %j: %j", (words, text, isThere) => {
  expect(finds(words, true, text)).toBe(isThere);
});

test.each(["(", "[a", "a{2,1}", "*", "\\", "(?<"])(
  "%j is no regular expression, but can be looked for as words",
  (words) => {
    expect(matcher(words, true)).toBeNull();
    expect(finds(words, false, `before ${words} behind`)).toBe(true);
  },
);

test("one matcher answers for many texts, each for itself", () => {
  const matches = matcher("a", true);
  expect(["a", "b", "a", "a"].map((text) => matches?.(text))).toEqual([true, false, true, true]);
});

test("no words stop the search", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.boolean(), (words, isRegex) => void matcher(words, isRegex)));
});

test("every part of a text is found in it, however it is written", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, words, behind) => {
      expect(finds(words.toUpperCase(), false, `${before}${words}${behind}`.toLowerCase())).toBe(true);
    }),
  );
});
