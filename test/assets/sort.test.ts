import { expect, test } from "vitest";
import { cellNumber } from "../../assets/tables/cells.js";
import { nextOrder, type Order, sortedRows } from "../../assets/tables/sort.js";
import { formatCount, formatShare, formatUsd, UNKNOWN } from "../../src/report/format.js";
import { type Cell, firstTexts, rowsOf } from "../support/page-tables.js";

const column = (...cells: readonly Cell[]) => rowsOf(cells.map((cell) => [cell]));
const down: Order = { column: 0, direction: "descending" };
const up: Order = { column: 0, direction: "ascending" };

test.each([
  [formatCount(1_234_567), 1_234_567],
  [formatShare(0.12), 12],
  [formatShare(0.001), 0.5],
  [formatUsd(1_234.5), 1_234.5],
  [formatUsd(0.1143), 0.1143],
  [formatUsd(0.00001), 0.00005],
  ["#12", 12],
  ["-3", -3],
  ["12.3 %", 12.3],
  [UNKNOWN, null],
  ["", null],
  ["1.5 s", null],
  ["3 timed 12", null],
])("the cell %j stands for %j", (text, value) => {
  expect(cellNumber(rowsOf([[text]])[0]?.cells[0])).toBe(value);
});

test("a value in data-v counts, whatever the text says", () => {
  const rows = column(["4 min 05 s", 245_000], ["9.0 s", 9_000], ["850 ms", 850]);
  expect(firstTexts(sortedRows(rows, up))).toEqual(["850 ms", "9.0 s", "4 min 05 s"]);
});

test("figures are compared as numbers, words as words, and figures within words as numbers", () => {
  expect(firstTexts(sortedRows(column("9", "1,000", "80"), down))).toEqual(["1,000", "80", "9"]);
  expect(firstTexts(sortedRows(column("step 10", "Step 9", "a"), up))).toEqual(["a", "Step 9", "step 10"]);
});

test("what is not known comes last either way", () => {
  const rows = column(UNKNOWN, "5", "", "7");
  expect(firstTexts(sortedRows(rows, down))).toEqual(["7", "5", UNKNOWN, ""]);
  expect(firstTexts(sortedRows(rows, up))).toEqual(["5", "7", UNKNOWN, ""]);
});

test("equal rows keep their order either way", () => {
  const rows = rowsOf([
    ["a", "1"],
    ["b", "1"],
    ["c", "2"],
    ["d", "1"],
  ]);
  expect(firstTexts(sortedRows(rows, { column: 1, direction: "descending" }))).toEqual(["c", "a", "b", "d"]);
  expect(firstTexts(sortedRows(rows, { column: 1, direction: "ascending" }))).toEqual(["a", "b", "d", "c"]);
});

test("clicks on a heading: numbers from the largest, texts from A, then the other way, then as in the page", () => {
  const rows = rowsOf([
    ["b", "1"],
    ["a", UNKNOWN],
  ]);
  const clicks = (heading: number) => {
    const first = nextOrder(rows, null, heading);
    const second = nextOrder(rows, first, heading);
    return [first?.direction, second?.direction, nextOrder(rows, second, heading)];
  };
  expect(clicks(0)).toEqual(["ascending", "descending", null]);
  expect(clicks(1)).toEqual(["descending", "ascending", null]);
  expect(firstTexts(sortedRows(rows, null))).toEqual(["b", "a"]);
});

test("another heading starts anew", () => {
  const rows = rowsOf([["b", "1"]]);
  expect(nextOrder(rows, { column: 1, direction: "descending" }, 0)).toEqual({ column: 0, direction: "ascending" });
});
