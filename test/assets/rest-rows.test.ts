import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedRows } from "../../assets/tables/rest-rows.js";
import { packRows } from "../../src/render/pack.js";
import { cutTable } from "../../src/render/view/table.js";
import { firstTexts, rowsOf } from "../support/page-tables.js";

test("what a table leaves out goes back to where it was", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 40 }), fc.nat(40), (sizes, limit) => {
      const rows = sizes.map((size, i) => ({ size, text: `row ${i}` }));
      const { shown, rest, gaps } = cutTable(rows, ({ size }) => size, limit);
      const made = (part: typeof rows) => rowsOf(part.map(({ text }) => [text]));
      const merged = mergedRows(made([...shown]), { gaps, rows: made([...rest]) });
      expect(firstTexts(merged)).toEqual(rows.map(({ text }) => text));
    }),
  );
});

test("the same rows are packed to the same bytes, without a time in them", () => {
  const packed = packRows([0, 1], "<tr><td>a</td></tr>\n<tr><td>–</td></tr>\n");
  expect(packed).toBe(packRows([0, 1], "<tr><td>a</td></tr>\n<tr><td>–</td></tr>\n"));
  expect([...Buffer.from(packed, "base64").subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(packed).toMatch(/^[\w+/=]+$/);
});
