import { expect, test } from "vitest";
import { codeParts } from "../../src/render/view/code-parts.js";

const drawn = (sentence: string) => codeParts(sentence).map(({ text, isCode }) => (isCode ? `<${text}>` : text));

test("what stands between backticks is code", () => {
  expect(drawn("Run `npm test` less")).toEqual(["Run ", "<npm test>", " less"]);
  expect(drawn("`grep a` and `grep b`")).toEqual(["<grep a>", " and ", "<grep b>"]);
});

test("a backtick without another is a character", () => {
  expect(drawn("a ` b")).toEqual(["a ` b"]);
  expect(drawn("``")).toEqual(["``"]);
});

test("no sentence is no piece", () => {
  expect(drawn("")).toEqual([]);
});
