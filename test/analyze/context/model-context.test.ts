import { expect, test } from "vitest";
import { addedItems, contextCalls } from "../../../src/analyze/context/context-walk.js";
import { type CallComposition, ModelContext } from "../../../src/analyze/context/model-context.js";
import { NO_SHAPE } from "../../../src/load/text-shape.js";
import { kept, kindsOf, sessionFromMessages } from "../../support/context-text.js";

/** The prompts of one model, for which a word is a token. */
function composed(text: string): CallComposition[] {
  const context = new ModelContext({ perFeature: { ...NO_SHAPE, words: 1 }, perPiece: 0, reasoning: 0 });
  const calls = contextCalls(addedItems(sessionFromMessages(text).messages, false));
  return Array.from(calls, (call) => kept(context.compose(call)));
}

const kindsIn = (text: string) => composed(text).map(kindsOf);

test("the first prompt tells the base: what it is beyond what is held", () => {
  expect(kindsIn("user text:100 \n call build p/m prompt:5100")).toEqual([{ base: 5000, user: 100, unattributed: 0 }]);
});

test("a prompt grew by what was added, to the token", () => {
  const [, second] = composed(`
    user text:100
    call build p/m prompt:5100 text:10 [read a.ts 300 asks:10]
    call build p/m prompt:5434
  `);
  expect(second).toMatchObject({ baseTokens: 5000, heldTokens: [100, 10, 10, 314], unattributedTokens: 0 });
});

test("base is the same over a series, and new for another agent", () => {
  const all = kindsIn(`
    user text:100
    call build p/m prompt:5100 text:100
    call build p/m prompt:5200 text:100
    call plan p/m prompt:8300 text:100
    call build p/m prompt:5400 text:100
    call plan p/m prompt:8500
  `);
  expect(all.map(({ base }) => base)).toEqual([5000, 5000, 8000, 5000, 8000]);
  expect(all.map(({ unattributed }) => unattributed)).toEqual([0, 0, 0, 0, 0]);
});

test("what nothing tells of stays in later prompts", () => {
  const all = kindsIn(`
    user text:100
    call build p/m prompt:5100 text:10
    call build p/m prompt:6000 text:10
    call build p/m prompt:6010
  `);
  expect(all.map(({ unattributed }) => unattributed)).toEqual([0, 880, 880]);
});

const SHRINKING = (prompt: number) => `
  user text:1000
  call build p/m prompt:3000 text:10
  call build p/m prompt:4000
  call build p/m prompt:${prompt}
`;

test("of a prompt that is smaller than what is held the unattributed rest goes first", () => {
  const all = composed(SHRINKING(3500));
  expect(all.map(({ shrunkTokens }) => shrunkTokens)).toEqual([0, 0, 500]);
  expect(all[2]).toMatchObject({ baseTokens: 2000, heldTokens: [1000, 20], unattributedTokens: 480 });
});

test("then all that is held is made smaller alike, and the base last", () => {
  expect(kindsIn(SHRINKING(2510)).at(-1)).toEqual({ base: 2000, user: 500, assistant: 10, unattributed: 0 });
  expect(kindsIn(SHRINKING(1500)).at(-1)).toEqual({ base: 1500, user: 0, assistant: 0, unattributed: 0 });
});

test("what is missing by a few tokens is not worth a word", () => {
  const missing = (tokens: number) => composed(SHRINKING(4000 - tokens)).at(-1)?.shrunkTokens;
  expect([missing(20), missing(39), missing(60)]).toEqual([0, 0, 60]);
});

test("a result that was pruned is a remark from the next call on", () => {
  const all = composed(`
    user text:100
    call build p/m prompt:5100 [bash 1000 pruned:3500] at:1000
    call build p/m prompt:6105 at:3000
    call build p/m prompt:5113 at:4000
    call build p/m prompt:5113 at:5000
  `);
  expect(all.map(({ heldTokens }) => heldTokens)).toEqual([[100], [100, 5, 1000], [100, 5, 8], [100, 5, 8]]);
  expect(all.map(({ prunedTokens }) => prunedTokens)).toEqual([0, 0, 992, 0]);
  expect(all.map(({ shrunkTokens }) => shrunkTokens)).toEqual([0, 0, 0, 0]);
});

test("a result that was pruned before any call saw it comes in as a remark", () => {
  const [, second] = composed(`
    user text:100
    call build p/m prompt:5100 [bash 1000 pruned:1500] at:1000
    call build p/m prompt:5113 at:2000
  `);
  expect(second).toMatchObject({ heldTokens: [100, 5, 8], prunedTokens: 0, unattributedTokens: 0 });
});

test("after a compaction the summary and the tail that it kept are all there is", () => {
  const [, , last] = composed(`
    user text:1000
    call build p/m prompt:3000 text:100
    user text:50
    call build p/m prompt:3150
    compact from:m3
    summary build p/m text:200
    call build p/m prompt:2250
  `);
  expect(kindsOf(last as CallComposition)).toEqual({
    ...{ base: 2000, user: 50, "compaction-summary": 200, unattributed: 0 },
  });
  expect(last).toMatchObject({ droppedTokens: [1000, 100], shrunkTokens: 0 });
});

test("an image takes what the growth leaves", () => {
  const [, second] = composed(`
    user text:100
    call build p/m prompt:5100 text:100
    user image:shot.png text:100
    call build p/m prompt:6700
  `);
  expect(second).toMatchObject({ heldTokens: [100, 100, 1400, 100], unattributedTokens: 0 });
});
