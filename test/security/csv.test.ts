import { expect, test } from "vitest";
import { csvOf } from "../../assets/tables/csv.js";
import { headingsOf, rowsOf } from "../support/page-tables.js";
import { PAYLOADS } from "./payloads.js";

test.each(PAYLOADS)("$name: no spreadsheet takes it for a formula or for more than one cell", ({ text }) => {
  const [row] = rowsOf([["x"]]);
  (row?.cells[0] as HTMLTableCellElement).textContent = text;
  const [, line = ""] = csvOf(headingsOf("<th>Name</th>"), [row as HTMLTableRowElement]).split(/\r\n/, 2);
  expect(line).toMatch(/^("([^"]|"")*"|[^",\r\n]*)$/);
  expect(line.replace(/^"/, "")).not.toMatch(/^[\s]*[=+@]|^\s*-(?![\d.,]+$)/);
});
