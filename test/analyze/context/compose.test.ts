import fc from "fast-check";
import { sum } from "simple-statistics";
import { expect, test } from "vitest";
import { compositionsOf, kindsOf } from "../../support/context-text.js";
import { messageLines } from "../../support/random-messages.js";

const kindsIn = (text: string) => compositionsOf(text).map(kindsOf);

// By the rates of common tokenizers 100 words are 106 tokens, 1000 are 1051.
test("the parts of every prompt are whole, never below 0, and sum to what the provider counted", () => {
  fc.assert(
    fc.property(messageLines, (text) => {
      for (const { call, baseTokens, heldTokens, unattributedTokens } of compositionsOf(text)) {
        const parts = [baseTokens, ...heldTokens, unattributedTokens];
        expect(parts.every((tokens) => Number.isInteger(tokens) && tokens >= 0)).toBe(true);
        expect(heldTokens).toHaveLength(call.held.length);
        expect(sum(parts)).toBe(call.message.isCompaction ? 0 : call.promptTokens);
      }
    }),
    { numRuns: 2000 },
  );
});

test("each model has its own tokens for what is held, and its own base", () => {
  const all = compositionsOf(`
    user text:1000
    call build p/m prompt:3051 text:100
    call build p/other prompt:9157 text:100
    call build p/m prompt:3263
  `);
  expect(all.map(({ baseTokens }) => baseTokens)).toEqual([2000, 8000, 2000]);
  expect(all.map(({ heldTokens }) => heldTokens)).toEqual([[1051], [1051, 106], [1051, 106, 106]]);
});

test("another model that is asked after the pruning never held the result", () => {
  const all = compositionsOf(`
    user text:100
    call build p/m prompt:5106 [bash 1000 pruned:1500]
    call build p/other prompt:5120
  `);
  expect(all.map(({ heldTokens }) => heldTokens)).toEqual([[106], [106, 6, 8]]);
  expect(all[1]?.prunedTokens).toBe(0);
});

test("a compaction's own prompt is made of nothing but itself", () => {
  const [, own] = compositionsOf(`
    user text:100
    call build p/m prompt:5106
    compact
    summary build p/m prompt:3400 text:200
  `);
  expect(own).toMatchObject({ baseTokens: 0, heldTokens: [], unattributedTokens: 0, droppedTokens: [] });
  expect(own?.call).toMatchObject({ promptTokens: 3400, held: [] });
});

test("what a compaction took out is told at the next call, also where a second one came before it", () => {
  const all = compositionsOf(`
    user text:1000
    call build p/m prompt:3051
    compact
    summary build p/m prompt:3400 text:200
    compact
    summary build p/m prompt:3000 text:100
    call build p/m prompt:2106
  `);
  expect(all.at(-1)?.droppedTokens[0]).toBe(1051);
});

test("what nothing tells of goes with a compaction, also for a model that is asked again later", () => {
  const all = kindsIn(`
    user text:1000
    call build p/m prompt:3051
    call build p/m prompt:3945
    compact
    summary build p/m prompt:4000 text:100
    call build p/other prompt:2106 text:100
    call build p/m prompt:2212
  `);
  expect(all.map(({ unattributed }) => unattributed)).toEqual([0, 894, 0, 0, 0]);
  expect(all.at(-1)).toMatchObject({ base: 2000, "compaction-summary": 106, assistant: 106 });
});

test("a subagent's context is its own", () => {
  expect(
    kindsIn(`
      user text:100
      sub user text:100
      call build p/m prompt:5106 text:10
      sub call general p/m prompt:1106
    `),
  ).toEqual([
    { base: 5000, user: 106, unattributed: 0 },
    { base: 1000, "task-prompt": 106, unattributed: 0 },
  ]);
});

test("reasoning is in later prompts only where they show it", () => {
  const thinking = (growth: number) =>
    [0, 1, 2, 3, 4].map((i) => `call build p/m prompt:${2000 + i * growth} reasoned:500 think:400 text:100`);
  const reasoning = (growth: number) => kindsIn(["user text:100", ...thinking(growth)].join("\n")).at(-1)?.reasoning;
  expect(reasoning(106)).toBe(0);
  expect(reasoning(606)).toBeGreaterThan(4 * 480);
});

test("what a prompt did not hold for a while comes back before anything new gets more than it may", () => {
  const all = compositionsOf(`
    user text:1000
    call build p/m prompt:3051 [read a.ts 1000]
    call build p/m prompt:4200 text:10
    call build p/m prompt:3000 text:10
    call build p/m prompt:4230
  `);
  expect(all.map(({ shrunkTokens }) => shrunkTokens > 0)).toEqual([false, false, true, false]);
  const [before, , after] = [all[1], all[2], all[3]].map((each) => each?.heldTokens.slice(0, 3));
  expect(after).toEqual(before);
});

test("a short text takes a token at least, also in a prompt that is too small", () => {
  const all = compositionsOf(`
    user text:1000
    call build p/m prompt:3051
    user text:2
    call build p/m prompt:3000
  `);
  expect(all[1]?.heldTokens.at(-1)).toBeGreaterThan(0);
});
