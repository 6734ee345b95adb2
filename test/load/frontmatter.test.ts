import { expect, test } from "vitest";
import { frontmatter } from "../../src/load/frontmatter.js";

test.each([
  ["---\nname: a\ndescription: What it is for\n---\n# Text", { name: "a", description: "What it is for" }],
  ["---\r\nname: a\r\n---\r\nText", { name: "a" }],
  ["---\nname: a\n---", { name: "a" }],
  ["---\ndescription: >\n  two\n  lines\n---\n", { description: "two lines\n" }],
  ["---\nname: a\ndescription: Use it when: always\n---\n", { name: "a", description: "Use it when: always" }],
  ['---\nname: "a: b" # why\n---\n', { name: "a: b" }],
])("%j says %j", (text, said) => {
  expect(frontmatter(text)).toEqual(said);
});

test.each([
  "",
  "# No frontmatter",
  "---\nname: a\n",
  "text\n---\nname: a\n---\n",
  "---\n- a list\n---\n",
  "---\njust words\n---\n",
  "---\na: [1\n---\n",
  "---\na: &x [1]\nb: *x\n---\n",
])("%j says nothing", (text) => {
  expect(frontmatter(text)).toEqual({});
});
