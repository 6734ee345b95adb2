import { expect, test } from "vitest";
import { matchingRows } from "../../assets/tables/filter.js";
import { firstTexts, rowsOf } from "../support/page-tables.js";

const rows = rowsOf([
  ["Read", "src/Auth.ts", "12&nbsp;ms"],
  ["bash", "npm <b>test</b>", "1.5 s"],
  ["edit", "a.*b", "3 s"],
]);
const found = (words: string) => firstTexts(matchingRows(rows, words));

test("words are looked for in every cell, in whatever case", () => {
  expect(found("AUTH")).toEqual(["Read"]);
  expect(found("read")).toEqual(["Read"]);
  expect(found("12 ms")).toEqual(["Read"]);
  expect(found("npm test")).toEqual(["bash"]);
});

test("words are plain text, not a pattern", () => {
  expect(found(".*")).toEqual(["edit"]);
  expect(found("a(")).toEqual([]);
});

test("no words let every row pass", () => {
  expect(found("  ")).toEqual(["Read", "bash", "edit"]);
});

test("words do not reach from one cell into the next", () => {
  expect(found("Read src")).toEqual([]);
});
