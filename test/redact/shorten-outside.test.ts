import { describe, expect, test } from "vitest";
import { outsideShortener } from "../../src/redact/shorten-outside.js";

const A = "/mnt/customer/tools/lib/a.ts";

test.each([
  [A, "…/lib/a.ts"],
  [`cat ${A} | head`, "cat …/lib/a.ts | head"],
  [`at ${A}:12:3, then.`, "at …/lib/a.ts:12:3, then."],
  [`(${A})`, "(…/lib/a.ts)"],
  [`"${A}"`, '"…/lib/a.ts"'],
  [`${A}x and ${A}/b`, `${A}x and ${A}/b`],
  ["https://example.org/mnt/customer/tools/lib/a.ts", "https://example.org/mnt/customer/tools/lib/a.ts"],
  ["/mnt/customer/other/lib/a.ts", "/mnt/customer/other/lib/a.ts"],
  ["no path", "no path"],
])("%j becomes %j", (text, short) => {
  expect(outsideShortener([A])(text)).toBe(short);
});

describe("what stays as it is", () => {
  test.each(["/etc/hosts", "/usr/bin/env", "/tmp/a/b.txt", "src/a/b/c/d.ts", "~/a/b/c/d.ts", "…/app/a/b/c.ts"])(
    "%j",
    (path) => {
      expect(outsideShortener([path])(path)).toBe(path);
    },
  );
});

test("two files never become one", () => {
  const paths = ["/mnt/a/tools/lib/x.ts", "/mnt/b/tools/lib/x.ts", "/mnt/b/other/src/x.ts"];
  expect(paths.map(outsideShortener(paths))).toEqual(["…/a/tools/lib/x.ts", "…/b/tools/lib/x.ts", "…/src/x.ts"]);
});

test("a file whose whole path ends another's keeps its own", () => {
  const paths = ["/a/b/c/d.ts", "/x/a/b/c/d.ts"];
  const shown = paths.map(outsideShortener(paths));
  expect(new Set(shown).size).toBe(2);
});

test("either separator is the same file", () => {
  const shortened = outsideShortener(["D:\\work\\customer\\tools\\a.ts", "D:/work/customer/tools/a.ts"]);
  expect(shortened("type D:\\work\\customer\\tools\\a.ts")).toBe("type …/tools/a.ts");
  expect(shortened("D:/work/customer/tools/a.ts")).toBe("…/tools/a.ts");
});

test("a megabyte of slashes is gone through", () => {
  const shortened = outsideShortener([A]);
  for (const piece of ["/", "/a", "a/", "C:/", ":/"]) {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(shortened(text)).toBe(text);
  }
});
