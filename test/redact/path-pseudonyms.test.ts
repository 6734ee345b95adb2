import { expect, test } from "vitest";
import { PathPseudonyms } from "../../src/redact/path-pseudonyms.js";
import { Pseudonyms } from "../../src/redact/pseudonyms.js";

function shownPaths(paths: readonly string[]): string[] {
  const names = new PathPseudonyms(paths, new Pseudonyms());
  return paths.map((path) => names.of(path));
}

test("depth and extension are kept, and the same name is the same pseudonym", () => {
  expect(shownPaths(["src/auth/session.ts", "src/auth/session.test.ts", "docs/auth/session.ts", "README"])).toEqual([
    "folder-1/folder-2/file-1.ts",
    "folder-1/folder-2/file-2.test.ts",
    "folder-3/folder-2/file-1.ts",
    "file-3",
  ]);
});

test("a folder that is named by itself is still one", () => {
  expect(shownPaths(["~/app", "~/app/src/a.ts", "~/app/src/"])).toEqual([
    "~/folder-1",
    "~/folder-1/folder-2/file-1.ts",
    "~/folder-1/folder-2/",
  ]);
});

test.each([
  ["/home/x/.env", "/folder-1/folder-2/file-1"],
  ["C:\\work\\app\\a.cs", "C:\\folder-1\\folder-2\\file-1.cs"],
  ["…/app/a.py", "…/folder-1/file-1.py"],
  ["./../a.md", "./../file-1.md"],
  ["a.very-long-ending", "file-1"],
  ["/", "/"],
  ["", ""],
])("%j becomes %j", (path, shown) => {
  expect(shownPaths([path])).toEqual([shown]);
});
