import { expect, test } from "vitest";
import { compactions } from "../../src/analyze/compactions.js";
import { sessionFromMessages } from "../support/context-text.js";

const DROPPED = new Map([["m4", [{ kind: "user" as const, tokens: 106 }]]]);
const rowsOf = (text: string) => compactions(sessionFromMessages(text), [5, 6], DROPPED);

test("a compaction has its own call, and the prompts just before and after it", () => {
  expect(
    rowsOf(`
      user text:100
      call build p/m prompt:9000 text:5
      compact auto
      summary build p/m prompt:9100 out:300 cost:0.25 text:200 span:1 at:3500
      user text:5
      call build p/m prompt:1200
      call build p/m prompt:1300
    `),
  ).toEqual([
    {
      ...{ messageId: "m4", spanId: 6, at: 3500, isAutomatic: true, costUsd: 0.25 },
      tokens: { uncachedInput: 9100, cacheRead: 0, cacheWrite: 0, output: 300, reasoning: 0, total: 9400 },
      ...{ beforeTokens: 9000, afterTokens: 1200, dropped: [{ kind: "user", tokens: 106 }] },
    },
  ]);
});

test("who asked for it is said by what stands before it", () => {
  const askedBy = (...lines: readonly string[]) => rowsOf(lines.join("\n")).map(({ isAutomatic }) => isAutomatic);
  const summary = "summary build p/m prompt:9 text:9";
  expect(askedBy("compact", summary)).toEqual([false]);
  expect(askedBy("compact", summary, "compact auto", summary)).toEqual([false, true]);
  expect(askedBy(summary)).toEqual([null]);
});

test("a compaction at the beginning or the end of a session has no prompt on that side", () => {
  expect(rowsOf("summary build p/m text:9")).toMatchObject([
    { tokens: null, costUsd: null, beforeTokens: null, afterTokens: null, dropped: [] },
  ]);
});

test("the prompts beside a compaction are those of its own session, and no compaction's", () => {
  const [row] = rowsOf(`
    call build p/m prompt:9000
    summary build p/m prompt:9100 error
    sub call general p/m prompt:50
    summary build p/m prompt:9200 text:9
    sub call general p/m prompt:60
    summary build p/m prompt:70 text:9
    call build p/m prompt:1000
  `);
  expect(row).toMatchObject({ messageId: "m4", beforeTokens: 9000, afterTokens: 1000 });
});

test("a compaction that failed or wrote nothing has no row", () => {
  expect(rowsOf("compact \n summary build p/m prompt:9 error text:9 \n compact \n summary build p/m prompt:9")).toEqual(
    [],
  );
});
