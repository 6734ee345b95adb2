import { expect, test } from "vitest";
import { FileNames } from "../../src/load/file-names.js";
import { NO_SHAPE } from "../../src/load/text-shape.js";
import type { ContentPart } from "../../src/model/session.js";

const file = (path: string): ContentPart => ({ kind: "file", path, shape: NO_SHAPE, digest: "" });
const namesOf = (directory: string, ...paths: readonly string[]) =>
  new FileNames(directory).named(paths.map(file)).map((part) => (part.kind === "file" ? part.path : null));

test("one file has one name, relative to the session's folder", () => {
  expect(namesOf("/home/me/p", "/home/me/p/src/a.ts", "./src/a.ts", "file:///home/me/p/src/a.ts", "/q/b.ts")).toEqual([
    ...["src/a.ts", "src/a.ts", "src/a.ts", "/q/b.ts"],
  ]);
});

test("on Windows, where case does not matter, it has the name that it had first", () => {
  expect(namesOf("C:\\Users\\me\\p", "SRC\\a.ts", "c:\\users\\me\\p\\src\\A.ts")).toEqual(["SRC/a.ts", "SRC/a.ts"]);
});

test("calls and results are named alike, texts are left as they are", () => {
  const text: ContentPart = { kind: "text", shape: NO_SHAPE };
  const media: ContentPart = { kind: "media", path: null };
  expect(new FileNames("/p").named([text, media])).toEqual([text, media]);
});
