import { symlinkSync, truncateSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import {
  projectTelemetry,
  telemetryFile,
  telemetryFiles,
  telemetryIn,
} from "../../../src/load/telemetry/read-telemetry.js";
import { temporaryFolder } from "../../support/fixtures.js";
import { folderWith } from "../../support/folder-with.js";

const inFolder = (folder: string) => telemetryIn(folder).map((path) => relative(folder, path));

test("a folder's files are those of lines, by their names, then the array; nothing else is looked at", () => {
  const folder = folderWith({
    "b.jsonl": "",
    "a.jsonl": "",
    "metrics.json": "",
    "other.json": "",
    "a.jsonl.bak": "",
    "deep/c.jsonl": "",
  });
  expect(inFolder(folder)).toEqual(["a.jsonl", "b.jsonl", "metrics.json"]);
});

test("folders and links are no files, and a folder that is not there has none", () => {
  const folder = folderWith({ "x.jsonl/inner": "", "real.jsonl": "" });
  symlinkSync("/dev/zero", join(folder, "zero.jsonl"));
  symlinkSync(join(folder, "real.jsonl"), join(folder, "link.jsonl"));
  expect(inFolder(folder)).toEqual(["real.jsonl"]);
  expect(telemetryIn(join(folder, "none"))).toEqual([]);
  expect(telemetryIn(join(folder, "real.jsonl"))).toEqual([]);
});

test("those of a session lie in its folder, and in the folders above it up to the git root", () => {
  const file = (folder: string) => `${folder}.opencode/telemetry/t.jsonl`;
  const home = folderWith({
    [file("")]: "",
    [file("repo/")]: "",
    "repo/.git/HEAD": "",
    [file("repo/web/")]: "",
    [file("repo/web/src/")]: "",
  });
  const found = (directory: string) => projectTelemetry(join(home, directory)).map((path) => relative(home, path));
  expect(found("repo/web")).toEqual([file("repo/"), file("repo/web/")]);
});

test.each(["", "relative/path", "/no/such/folder", "C:\\Users\\x", "//server/share", "\\\\server\\share"])(
  "a session's folder that is not on this machine (%j) is not looked for",
  (directory) => {
    expect(projectTelemetry(directory)).toEqual([]);
  },
);

test("lines are counted from 1, and those without anything passed over", () => {
  const folder = folderWith({ "a.jsonl": '\ufeff{"a":1}\r\n\n  \n{"a":\n7' });
  expect([...telemetryFiles(telemetryIn(folder))]).toEqual([
    {
      path: join(folder, "a.jsonl"),
      entries: [
        { place: "line 1", value: { a: 1 } },
        { place: "line 4", value: undefined },
        { place: "line 5", value: 7 },
      ],
    },
  ]);
});

test("an array has entries; what is no array is one", () => {
  const entriesOf = (content: unknown) => telemetryFile(join(folderWith({ "metrics.json": content }), "metrics.json"));
  expect(entriesOf([{ a: 1 }, null])).toMatchObject({
    entries: [
      { place: "entry 1", value: { a: 1 } },
      { place: "entry 2", value: null },
    ],
  });
  expect(entriesOf({ a: 1 })).toMatchObject({ entries: [{ place: "entry 1", value: { a: 1 } }] });
  expect(entriesOf('[{"a":1},')).toMatchObject({ problem: "not readable as JSON" });
});

test("a very large file is left out, unread", () => {
  const folder = folderWith({ "a.jsonl": "{}" });
  const path = join(folder, "a.jsonl");
  truncateSync(path, 50_000_001);
  expect(telemetryFile(path)).toEqual({ path, problem: "larger than 50 MB" });
});

test("what cannot be read is left out", () => {
  expect(telemetryFile(temporaryFolder())).toMatchObject({ problem: "cannot be read" });
});
