import { expect, test } from "vitest";
import { filePath } from "../../src/load/file-path.js";

const keys = (directory: string, ...paths: readonly string[]) =>
  new Set(paths.map((path) => filePath(path, directory).key));
const shown = (path: string, directory = "/home/me/p") => filePath(path, directory).shown;

test("a file is one however it was spelled", () => {
  expect([
    ...keys(
      "/home/me/p",
      ...["/home/me/p/src/a.ts", "src/a.ts", "./src/a.ts", "src/./a.ts", "lib/../src/a.ts", "src//a.ts"],
      ...["../p/src/a.ts", "/home/me/p/../p/src/a.ts", "file:///home/me/p/src/a.ts", "//home/me/p/src/a.ts"],
      ...["file://localhost/home/me/p/src/a.ts", "file:///home/me/p/src/a.ts?start=3&end=9"],
    ),
  ]).toEqual(["/home/me/p/src/a.ts"]);
});

test("on Windows it is one in either slash and any case of letters", () => {
  expect([
    ...keys(
      "C:\\Users\\me\\p",
      ...["C:\\Users\\me\\p\\src\\a.ts", "c:\\users\\me\\p\\src\\A.ts", "C:/Users/me/p/src/a.ts", "src\\a.ts"],
      ...["src/a.ts", ".\\src\\a.ts", "file:///C:/Users/me/p/src/a.ts", "C:\\Users\\me\\p\\lib\\..\\src\\a.ts"],
    ),
  ]).toEqual(["c:/users/me/p/src/a.ts"]);
});

test("on Windows a drive may be written as shells do, and a path be as long as it likes", () => {
  expect([
    ...keys(
      "C:\\Users\\me\\p",
      "/c/Users/me/p/a.ts",
      "/mnt/c/Users/me/p/a.ts",
      "\\\\?\\C:\\Users\\me\\p\\a.ts",
      "~\\p\\a.ts",
    ),
  ]).toEqual(["c:/users/me/p/a.ts"]);
  expect(shown("/c/a.ts")).toBe("/c/a.ts");
});

test("elsewhere the case of letters makes another file", () => {
  expect(keys("/p", "a.ts", "A.ts").size).toBe(2);
});

test("a path in the session's folder is shown relative to it, any other as it is", () => {
  expect(shown("/home/me/p/src/a.ts")).toBe("src/a.ts");
  expect(shown("../q/a.ts")).toBe("/home/me/q/a.ts");
  expect(shown("/home/me/pp/a.ts")).toBe("/home/me/pp/a.ts");
  expect(shown("~/notes.md")).toBe("/home/me/notes.md");
  expect(shown("~/notes.md", "/srv/p")).toBe("~/notes.md");
  expect(shown("c:\\Users\\me\\P\\src\\A.ts", "C:\\Users\\me\\p\\")).toBe("src/A.ts");
  expect(shown("D:\\x\\a.ts", "C:\\p")).toBe("D:/x/a.ts");
  expect(shown("\\\\server\\share\\a.ts", "C:\\p")).toBe("//server/share/a.ts");
});

test("a folder that ends in a slash, or is the root, is a folder all the same", () => {
  expect([...keys("/home/me/p/", "a.ts", "/home/me/p/a.ts")]).toEqual(["/home/me/p/a.ts"]);
  expect([...keys("/", "a.ts", "/a.ts", "./a.ts")]).toEqual(["/a.ts"]);
  expect([shown("/a/b.ts", "/"), shown("a/b.ts", "/")]).toEqual(["a/b.ts", "a/b.ts"]);
  expect([...keys("C:\\", "a.ts", "C:\\a.ts")]).toEqual(["c:/a.ts"]);
});

test("without a known folder a relative path stays one", () => {
  expect(filePath("./src/a.ts", "")).toEqual({ key: "src/a.ts", shown: "src/a.ts" });
  expect(filePath("../a.ts", "")).toEqual({ key: "../a.ts", shown: "../a.ts" });
});

test("no path leads above the root", () => {
  expect(shown("/../../a.ts")).toBe("/a.ts");
});

test("a mark that only a file's address gives a meaning stays in a name", () => {
  expect(shown("src/what?.ts")).toBe("src/what?.ts");
  expect(shown("src/a#1.ts")).toBe("src/a#1.ts");
  expect(shown("src/a\\b.ts")).toBe("src/a\\b.ts");
});

test("an address writes what it may not hold in hexadecimal", () => {
  expect(shown("file:///home/me/p/my%20notes/%C3%A9t%C3%A9.md")).toBe("my notes/été.md");
  expect(shown("/home/me/p/100%20.md")).toBe("100%20.md");
  expect(shown("file:///home/me/p/100%.md")).toBe("100%.md");
});
