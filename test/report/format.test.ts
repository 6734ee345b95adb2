import fc from "fast-check";
import { expect, test } from "vitest";
import {
  baseName,
  formatBytes,
  formatCoarseDuration,
  formatCompact,
  formatCount,
  formatDecimal,
  formatDuration,
  formatInstant,
  formatShare,
  formatShares,
  formatUsd,
  relativePath,
} from "../../src/report/format.js";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_000, "1.0 s"],
  [23_149, "23.1 s"],
  [59_949, "59.9 s"],
  [59_950, "1 min 00 s"],
  [65_000, "1 min 05 s"],
  [3_599_499, "59 min 59 s"],
  [3_599_500, "1 h 00 min"],
  [3_780_000, "1 h 03 min"],
  [86_400_000, "1 d 00 h"],
  [180_000_000, "2 d 02 h"],
  [null, "–"],
])("formatDuration(%s) is %s", (ms, text) => {
  expect(plain(formatDuration(ms))).toBe(text);
});

test.each([
  [59_000, "59 s"],
  [90_000, "2 min"],
  [33_120_000, "9 h"],
  [220_000_000, "3 d"],
])("%d ms in the largest unit alone is %s", (ms, text) => {
  expect(plain(formatCoarseDuration(ms))).toBe(text);
});

test.each([
  [0, "0"],
  [999, "999"],
  [165_101, "165,101"],
  [1_234_567, "1,234,567"],
  [105.9, "106"],
])("formatCount(%s) is %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, "0.00"],
  [0.004, "< 0.01"],
  [0.25, "0.25"],
  [0.996, "1.0"],
  [4.534, "4.5"],
  [9.96, "10"],
  [1_234.5, "1,235"],
  [null, "–"],
])("formatDecimal(%s) is %s", (value, text) => {
  expect(plain(formatDecimal(value))).toBe(text);
});

test.each([
  [9_999, "9,999"],
  [70_567, "70.6 K"],
  [999_949, "999.9 K"],
  [999_950, "1.0 M"],
])("formatCompact(%s) is %s", (count, text) => {
  expect(plain(formatCompact(count))).toBe(text);
});

test.each([
  [0, "$0"],
  [0.00001, "< $0.0001"],
  [0.0029112, "$0.0029"],
  [0.1142646, "$0.1143"],
  [0.9996, "$0.9996"],
  [0.99996, "$1.00"],
  [12.345, "$12.35"],
  [1234.5, "$1,234.50"],
  [null, "–"],
])("formatUsd(%s) is %s", (usd, text) => {
  expect(plain(formatUsd(usd))).toBe(text);
});

test.each([
  [0, "0 %"],
  [0.004, "< 1 %"],
  [0.005, "1 %"],
  [0.516, "52 %"],
  [null, "–"],
])("formatShare(%s) is %s", (share, text) => {
  expect(plain(formatShare(share))).toBe(text);
});

test("formatShares of the parts of a whole sum to 100 as displayed, but for what is under 1 %", () => {
  expect(formatShares([1 / 3, 1 / 3, 1 / 3]).map(plain)).toEqual(["34 %", "33 %", "33 %"]);
  expect(formatShares([0.995, 0.005, null]).map(plain)).toEqual(["100 %", "< 1 %", "–"]);
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (parts) => {
      const whole = parts.reduce((a, b) => a + b, 0);
      fc.pre(whole > 0);
      const shown = formatShares(parts.map((part) => part / whole)).map(plain);
      const sum = shown.reduce((total, text) => total + (text.startsWith("<") ? 0 : Number.parseInt(text, 10)), 0);
      expect(sum).toBe(100);
    }),
  );
});

test.each([
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_600, "1.6 KB"],
  [3_200_000, "3.2 MB"],
])("formatBytes(%s) is %s", (bytes, text) => {
  expect(plain(formatBytes(bytes))).toBe(text);
});

test("formatInstant is UTC on every machine", () => {
  expect(formatInstant(Date.UTC(2026, 10, 20, 15, 4))).toBe("20 Nov 2026, 15:04 UTC");
  expect(formatInstant(Number.NaN)).toBe("–");
});

test("paths of any system are shortened", () => {
  expect([baseName("/p/src/a.ts"), baseName("C:\\p\\a.ts"), baseName("a"), baseName("/")]).toEqual([
    "a.ts",
    "a.ts",
    "a",
    "/",
  ]);
  expect(relativePath("/p/src/a.ts", "/p")).toBe("src/a.ts");
  expect(relativePath("/p/src/a.ts", "/p/")).toBe("src/a.ts");
  expect(relativePath("/project/a.ts", "/p")).toBe("/project/a.ts");
  expect(relativePath("C:\\p\\a.ts", "C:\\p")).toBe("a.ts");
});
