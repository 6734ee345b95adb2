import { expect, test } from "vitest";
import { csvOf } from "../../assets/tables/csv.js";
import { UNKNOWN } from "../../src/report/format.js";
import { type Cell, headingsOf, rowsOf } from "../support/page-tables.js";

const field = (cell: Cell, className = "") =>
  csvOf(headingsOf("<th>x</th>"), rowsOf([[cell]], [className])).slice("x\r\n".length, -"\r\n".length);

test("headings, then rows, each with CR LF; units stand in the headings, bars nowhere", () => {
  const headings = headingsOf(
    '<th><button>Tool</button></th><th class="barcell">bar</th><th class="n" data-unit="ms">Time</th><th class="n">Tokens</th>',
  );
  const rows = rowsOf([["bash", "", ["1 min 12 s", 72_000], "165,101"]], ["", "barcell", "n", "n"]);
  expect(csvOf(headings, rows)).toBe("Tool,Time (ms),Tokens\r\nbash,72000,165101\r\n");
});

test.each([
  ['say "hi"', '"say ""hi"""'],
  ["a, b", '"a, b"'],
  ["two\n  lines", "two lines"],
  ["20&nbsp;%", "20 %"],
  [UNKNOWN, ""],
])("%j is written as %j", (text, written) => {
  expect(field(text)).toBe(written);
});

test("counts lose their separators in a column of figures, never in words", () => {
  expect(field("1,234", "n")).toBe("1234");
  expect(field("#12", "n")).toBe("12");
  expect(field("1,234")).toBe('"1,234"');
});

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1", "'+1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["-cmd", "'-cmd"],
  ["  =1", "'=1"],
  ["-5", "-5"],
  ["-1.5", "-1.5"],
  ["-1+2", "'-1+2"],
])("the text %j is no formula to a spreadsheet: %j", (text, written) => {
  expect(field(text)).toBe(written);
});
