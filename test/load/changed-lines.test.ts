import { expect, test } from "vitest";
import { changedLines } from "../../src/load/changed-lines.js";

const counts = (linesAdded: number | null, linesRemoved: number | null) => ({ linesAdded, linesRemoved });

test("an edit says how many lines it added and removed", () => {
  expect(changedLines({}, { filediff: { file: "a", additions: 3, deletions: 1 } })).toEqual(counts(3, 1));
});

test("a patch says it of each file", () => {
  const files = [
    { file: "a", additions: 3, deletions: 1 },
    { file: "b", additions: 0, deletions: 4 },
  ];
  expect(changedLines({}, { files, diff: "@@\n+x" })).toEqual(counts(3, 5));
});

test("several edits in one call say it of each", () => {
  const results = [
    { filediff: { additions: 1, deletions: 1 } },
    { metadata: { filediff: { additions: 2, deletions: 0 } } },
  ];
  expect(changedLines({}, { results })).toEqual(counts(3, 1));
});

test("a diff is counted, without the names of its files", () => {
  const diff = [
    "Index: a",
    "===",
    "--- a",
    "+++ a",
    "@@ -1,2 +1,2 @@",
    " x",
    "-y",
    "+z",
    "+--- w",
    "Index: b",
    "--- b",
    "+++ b",
    "@@",
    "-q",
  ];
  expect(changedLines({}, { diff: diff.join("\n") })).toEqual(counts(2, 2));
});

test.each([
  ["a\nb\n", 2],
  ["a\nb", 2],
  ["\n", 1],
  ["", 0],
])("a new file of %j has %i lines", (content, lines) => {
  expect(changedLines({ content }, { exists: false })).toEqual(counts(lines, 0));
});

test("of a file that was there before nothing says what it held", () => {
  expect(changedLines({ content: "a\n" }, { exists: true })).toEqual(counts(null, null));
  expect(changedLines({ content: "a\n" }, {})).toEqual(counts(null, null));
});

test.each([
  { filediff: { additions: -1, deletions: 0 } },
  { filediff: { additions: "3", deletions: 0 } },
  { files: "a", results: 3, diff: null, filediff: null },
])("what is no count is unknown: %j", (metadata) => {
  expect(changedLines({}, metadata)).toEqual(counts(null, null));
});
