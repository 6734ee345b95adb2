import fc from "fast-check";
import { sum } from "simple-statistics";
import { expect, test } from "vitest";
import { compositionRow, droppedByKind } from "../../src/analyze/composition.js";
import type { CompositionRow } from "../../src/model/report.js";
import { compositionsOf, sessionFromMessages } from "../support/context-text.js";
import { messageLines } from "../support/random-messages.js";

function rowsOf(text: string): CompositionRow[] {
  const local = { contextLimits: { "p/m": 200_000 }, mcpServers: null, skills: null, files: [] };
  const session = { ...sessionFromMessages(text), local };
  return compositionsOf(text).map((each) =>
    compositionRow(each, session, [7, 8], new Map([[each.call.message, "pause"]])),
  );
}

test("the parts of every row sum to its prompt, and none is empty", () => {
  fc.assert(
    fc.property(messageLines, (text) => {
      for (const { parts, promptTokens, fileResultTokens } of rowsOf(text)) {
        expect(sum(parts.map(({ tokens }) => tokens))).toBe(promptTokens);
        expect(parts.every(({ tokens }) => tokens > 0)).toBe(true);
        expect(new Set(parts.map(({ kind }) => kind)).size).toBe(parts.length);
        expect(fileResultTokens).toBeLessThanOrEqual(parts.find(({ kind }) => kind === "tool-result")?.tokens ?? 0);
      }
    }),
    { numRuns: 500 },
  );
});

// 100 words are 106 tokens, a call that asks with 5 words 6.
test("a prompt's parts are by kind, in the order of the prompt", () => {
  const rows = rowsOf(`
    user text:100 file:a.ts:100
    call build p/m prompt:5212 text:100 [read b.ts 100] [bash 200]
    call build p/m prompt:5647
  `);
  expect(rows[1]?.parts).toEqual([
    { kind: "base", tokens: 5000 },
    { kind: "user", tokens: 106 },
    { kind: "attached-file", tokens: 106 },
    { kind: "assistant", tokens: 106 },
    { kind: "tool-call", tokens: 12 },
    { kind: "tool-result", tokens: 317 },
  ]);
  expect(rows.map(({ fileResultTokens }) => fileResultTokens)).toEqual([0, 106]);
});

test("a compaction's own prompt is of one kind", () => {
  const [, row] = rowsOf("call build p/m prompt:1000 \n summary build p/m prompt:1100 text:9");
  expect(row?.parts).toEqual([{ kind: "compaction-input", tokens: 1100 }]);
});

test("a row says what came out of the cache, which span it is, and how much fits", () => {
  const [row, other] = rowsOf(
    "call build p/m prompt:1000 cached:750 wrote:100 span:1 \n sub call plan p/other prompt:9",
  );
  expect(row).toMatchObject({
    ...{ messageId: "m1", spanId: 8, sessionId: "ses_test", agent: "build", model: "p/m", promptTokens: 1000 },
    ...{ cacheReadTokens: 750, cacheWriteTokens: 100, cacheHitRate: 0.75, cacheMiss: "pause", contextLimit: 200_000 },
  });
  expect(other).toMatchObject({ spanId: null, sessionId: "ses_sub", cacheHitRate: 0, contextLimit: null });
});

test("what a compaction took out is by kind, and its sum stands at the next call", () => {
  const text = `
    user text:100
    call build p/m prompt:1106 text:100 [bash 100]
    call build p/m prompt:1324
    compact
    summary build p/m prompt:1400 text:100
    call build p/m prompt:1106
  `;
  const last = compositionsOf(text).at(-1);
  expect(last && droppedByKind(last)).toEqual([
    { kind: "user", tokens: 106 },
    { kind: "assistant", tokens: 106 },
    { kind: "tool-call", tokens: 6 },
    { kind: "tool-result", tokens: 106 },
  ]);
  expect(rowsOf(text).map(({ compactedTokens }) => compactedTokens)).toEqual([0, 0, 0, 324]);
});
