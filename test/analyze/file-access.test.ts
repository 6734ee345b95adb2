import { expect, test } from "vitest";
import { fileAccess, repeatedReads } from "../../src/analyze/file-access.js";
import { sessionFromMessages } from "../support/context-text.js";

/** By file: reads, writes, repeated reads, and those after a compaction or a pruning. */
function accessIn(text: string) {
  const all = [...fileAccess(sessionFromMessages(text))];
  return Object.fromEntries(
    all.map(([path, counts]) => [
      path,
      [counts.reads, counts.writes, counts.repeatedReads, counts.repeatedAfterCompaction],
    ]),
  );
}

test("a read of what is still in the context is a repeated one", () => {
  expect(accessIn("call b p/m [read a.ts 9 as:x] \n call b p/m [read a.ts 9 as:x] [read b.ts 9]")).toEqual({
    ...{ "a.ts": [2, 0, 1, 0], "b.ts": [1, 0, 0, 0] },
  });
});

test("a read that gives something else is none: another range, or a file that has changed", () => {
  expect(accessIn("call b p/m [read a.ts 9 as:x] \n call b p/m [read a.ts 30 as:y]")).toEqual({ "a.ts": [2, 0, 0, 0] });
});

test("what stood in between does not matter: each range is known by itself", () => {
  expect(accessIn("call b p/m [read a.ts 9 as:x] [read a.ts 9 as:y] \n call b p/m [read a.ts 9 as:x]")).toEqual({
    ...{ "a.ts": [3, 0, 1, 0] },
  });
});

test("a read after a write is no repeated one, even where the content is the same", () => {
  expect(accessIn("call b p/m [read a.ts 9 as:x] [edit a.ts 3] \n call b p/m [read a.ts 9 as:x]")).toEqual({
    ...{ "a.ts": [2, 1, 0, 0] },
  });
});

test("a read again of what a compaction took out is counted apart", () => {
  expect(
    accessIn(`
      call b p/m [read a.ts 9]
      compact
      summary b p/m text:9
      call b p/m [read a.ts 9]
      call b p/m [read a.ts 9]
    `),
  ).toEqual({ "a.ts": [3, 0, 1, 1] });
});

test("a read again of what a compaction kept is a repeated one", () => {
  expect(
    accessIn(`
      call b p/m [read a.ts 9]
      call b p/m [read b.ts 9]
      compact from:m2
      summary b p/m text:9
      call b p/m [read a.ts 9] [read b.ts 9]
    `),
  ).toEqual({ "a.ts": [2, 0, 0, 1], "b.ts": [2, 0, 1, 0] });
});

test("a compaction that failed takes nothing out", () => {
  expect(
    accessIn("call b p/m [read a.ts 9] \n compact \n summary b p/m error \n call b p/m [read a.ts 9]"),
  ).toMatchObject({
    "a.ts": [2, 0, 1, 0],
  });
});

test("a read again of what was pruned before is counted apart; of what was pruned later it is a repeated one", () => {
  const again = (at: number) => accessIn(`call b p/m [read a.ts 9 pruned:5000] \n call b p/m at:${at} [read a.ts 9]`);
  expect([again(4000), again(6000)]).toEqual([{ "a.ts": [2, 0, 1, 0] }, { "a.ts": [2, 0, 0, 1] }]);
});

test("of two reads that are held, the one that is held longer counts", () => {
  expect(
    accessIn(`
      call b p/m [read a.ts 9]
      call b p/m [read a.ts 9 pruned:2000] at:1000
      call b p/m [read a.ts 9] at:3000
    `),
  ).toEqual({ "a.ts": [3, 0, 2, 0] });
});

test("calls that failed do not count", () => {
  expect(accessIn("call b p/m [read a.ts 9 error] [write a.ts 3 rejected] [read a.ts 9]")).toEqual({
    ...{ "a.ts": [1, 0, 0, 0] },
  });
});

test("a file that comes with a prompt is read; one that a call brings along unasked is not", () => {
  expect(accessIn("user file:a.ts:30 \n call b p/m [read b.ts 9 extra:AGENTS.md]")).toEqual({
    ...{ "a.ts": [1, 0, 0, 0], "b.ts": [1, 0, 0, 0] },
  });
});

test("a subagent has a context of its own: what it reads again, it reads for the first time", () => {
  expect(accessIn("call b p/m [read a.ts 9] \n sub call general p/m [read a.ts 9]")).toEqual({ "a.ts": [2, 0, 0, 0] });
});

test("of each repeated read it is known what the content had come with before, and where that was by then", () => {
  const repeats = repeatedReads(
    sessionFromMessages(`
      user file:a.ts:9
      call b p/m [read a.ts 9] [read b.ts 9 pruned:1500]
      call b p/m [read b.ts 9]
      compact
      summary b p/m text:9
      call b p/m [read a.ts 9]
    `),
  );
  expect(repeats.map(({ path, message, before, earlier }) => [path, message.id, before.id, earlier])).toEqual([
    ["a.ts", "m2", "m1", "held"],
    ["b.ts", "m3", "m2", "pruned"],
    ["a.ts", "m6", "m2", "compacted"],
  ]);
});
