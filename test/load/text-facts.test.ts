import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf, oneLine } from "../../src/load/text-facts.js";

describe("the beginning of a text on one line", () => {
  test.each<[string, string, number, string]>([
    ["white space of any kind and length is one space", "  a\n\n b\tc\u00a0d ", 20, "a b c d"],
    ["what is short enough is whole", "abcde", 5, "abcde"],
    ["what is longer ends with an ellipsis, which counts", "abcdef", 5, "abcd…"],
    ["no space stands before the ellipsis", "abc def", 5, "abc…"],
    ["a character outside the basic plane is one, and is not parted", "😀😀😀", 3, "😀😀😀"],
    ["nor where it is cut", "😀😀😀", 2, "😀…"],
    ["of nothing there is nothing", " \n ", 5, ""],
  ])("%s", (_claim, text, maxChars, line) => {
    expect(oneLine(text, maxChars)).toBe(line);
  });

  test("of any text it has no more characters than it may, and is what the text begins with", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 1, max: 30 }), (text, maxChars) => {
        const line = oneLine(text, maxChars);
        expect([...line].length).toBeLessThanOrEqual(maxChars);
        expect(text.trim().replace(/\s+/g, " ").startsWith(line.replace(/…$/, ""))).toBe(true);
      }),
    );
  });
});

test("a digest is the beginning of the text's SHA-256", () => {
  expect(digestOf("abc")).toBe("ba7816bf8f01cfea");
});
