import fc from "fast-check";
import { sum } from "simple-statistics";
import { expect, test } from "vitest";
import { tokensByFile } from "../../src/analyze/by-file.js";
import { promptOf } from "../../src/analyze/context/context-walk.js";
import { carriedIn, sessionFromMessages } from "../support/context-text.js";
import { messageLines } from "../support/random-messages.js";

const rowsOf = (text: string, ...rates: readonly null[]) => {
  const session = sessionFromMessages(text);
  return tokensByFile(session, carriedIn(session, ...rates));
};
const filesOf = (text: string, kind = "file") =>
  rowsOf(text).flatMap((row) => (row.kind === kind ? [[row.file, row.carriedTokens]] : []));

test("the rows are all input: their carried tokens sum to it, their shares to exactly 1", () => {
  fc.assert(
    fc.property(messageLines, (text) => {
      const rows = rowsOf(text);
      const input = sum(sessionFromMessages(text).messages.map(promptOf));
      expect(sum(rows.map(({ carriedTokens }) => carriedTokens))).toBe(input);
      expect(sum(rows.map(({ share }) => Math.round(share * 1e6)))).toBe(input === 0 ? 0 : 1e6);
      expect(new Set(rows.map(({ kind, file }) => `${kind} ${file}`)).size).toBe(rows.length);
    }),
    { numRuns: 500 },
  );
});

// 100 words are 106 tokens, a call that asks with 5 words 6.
test("a file has one row for all that was read of it", () => {
  const rows = rowsOf(`
    user text:100
    call build p/m prompt:1106 [read src/a.ts 100 as:x] [read src/a.ts 100 as:y] [read src/a.ts 100 as:z]
    call build p/m prompt:1442
  `);
  const files = rows.filter(({ kind }) => kind === "file");
  expect(files).toMatchObject([{ file: "src/a.ts", contentTokens: 318, carriedTokens: 318, reads: 3 }]);
});

test("what was carried is counted by every call that held it, what came in once", () => {
  const [, file] = rowsOf(`
    user text:100
    call build p/m prompt:1106 [read /q/a.ts 1000]
    call build p/m prompt:2163
    call build p/m prompt:2163
    call build p/m prompt:2163
  `);
  expect(file).toMatchObject({
    file: "/q/a.ts",
    contentTokens: 1051,
    carriedTokens: 3 * 1051,
    share: expect.closeTo(3153 / 7595, 5),
  });
});

test("conversation history is what was said, thought, asked of tools and summed up, and no result", () => {
  const text = `
    user text:100
    call build p/m prompt:1106 text:100 [bash 100]
    call build p/m prompt:1324
    compact
    summary build p/m prompt:1400 text:100
    call build p/m prompt:1106
  `;
  expect(filesOf(text, "history")).toEqual([["conversation history", 106 + (106 + 106 + 6) + 106]]);
  expect(filesOf(text, "tools")).toEqual([["results of other tools", 106]]);
  expect(filesOf(text, "base")).toEqual([["system prompt and tool definitions", 3000]]);
  expect(filesOf(text, "compaction-input")).toEqual([["what compactions were given to sum up", 1400]]);
  expect(filesOf(text, "unattributed")).toEqual([]);
});

test("searches have rows of their own, one a tool", () => {
  const text = `
    user text:100
    call build p/m prompt:1106 [grep 100] [glob 100] [grep 100] [webfetch 100]
    call build p/m prompt:1554
  `;
  expect(filesOf(text, "search")).toEqual([
    ["results of grep", 212],
    ["results of glob", 106],
  ]);
  expect(filesOf(text, "tools")).toEqual([["results of other tools", 106]]);
});

test("an image is by its file, or with the others that have none", () => {
  const text = `
    user text:100
    call build p/m prompt:1106
    user image:shot.png image: image:
    call build p/m prompt:1406
  `;
  expect(filesOf(text, "media")).toEqual([
    ["images and documents", 200],
    ["shot.png", 100],
  ]);
});

test("a file that was only written to is listed, with nothing carried", () => {
  const rows = rowsOf("call build p/m prompt:1000 [write a.ts 9] [edit a.ts 9]");
  expect(rows.find(({ file }) => file === "a.ts")).toEqual({
    ...{ file: "a.ts", kind: "file", contentTokens: 0, carriedTokens: 0, share: 0, costUsd: 0 },
    ...{ reads: 0, writes: 2, repeatedReads: 0, repeatedAfterCompaction: 0 },
  });
});

test("the most carried come first; what is equal goes by its name", () => {
  const text = "user file:b.ts:100 file:a.ts:100 file:c.ts:300 \n call build p/m prompt:2000";
  expect(filesOf(text).map(([file]) => file)).toEqual(["c.ts", "a.ts", "b.ts"]);
});

test("costs are by where a file stood, and unknown without prices", () => {
  const text = "user text:100 file:a.ts:100 \n call build p/m prompt:1212 cached:1106";
  expect(rowsOf(text).find(({ file }) => file === "a.ts")?.costUsd).toBe(106 * 10);
  expect(rowsOf(text, null).map(({ costUsd }) => costUsd)).toEqual([null, null, null]);
});
