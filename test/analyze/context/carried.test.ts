import fc from "fast-check";
import { expect, test } from "vitest";
import { addedUp, CarriedSums, type CarriedTotals, NOTHING_CARRIED } from "../../../src/analyze/context/carried.js";
import { composeCalls } from "../../../src/analyze/context/compose.js";
import { promptOf } from "../../../src/analyze/context/context-walk.js";
import type { RatesOf } from "../../../src/analyze/prices.js";
import { sessionFromMessages } from "../../support/context-text.js";
import { messageLines } from "../../support/random-messages.js";

const RATES = { uncachedInput: 10, cacheRead: 1, cacheWrite: 12, output: 50 };

function carriedIn(text: string, ratesOf: RatesOf = () => RATES): CarriedTotals {
  const sums = new CarriedSums(ratesOf);
  composeCalls(sessionFromMessages(text), (composition) => sums.add(composition));
  return sums;
}
const items = ({ ofItem }: CarriedTotals) => [...ofItem.values()];

// 100 words are 106 tokens.
test("what stands at the beginning is charged at the cache's rate, then what was written to it, the end in full", () => {
  const { ofItem, ofOther } = carriedIn(`
    user text:100
    user text:100
    call build p/m prompt:1212 cached:1000 wrote:106
  `);
  expect(ofOther.base).toEqual({ contentTokens: 1000, carriedTokens: 1000, costUsd: 1000 });
  expect([...ofItem.values()]).toEqual([
    { contentTokens: 106, carriedTokens: 106, costUsd: 12 * 106 },
    { contentTokens: 106, carriedTokens: 106, costUsd: 10 * 106 },
  ]);
});

test("what stands across the border of the cache is charged by both rates", () => {
  const [piece] = items(carriedIn("user text:100 \n call build p/m prompt:1106 cached:1006"));
  expect(piece?.costUsd).toBe(6 * 1 + 100 * 10);
});

test("a piece comes in once and is carried by every call that holds it", () => {
  const { ofOther, ...rest } = carriedIn(`
    user text:100
    call build p/m prompt:1106
    call build p/m prompt:1106
    call plan p/m prompt:2106
  `);
  expect(items({ ofOther, ...rest })).toMatchObject([{ contentTokens: 106, carriedTokens: 3 * 106 }]);
  expect(ofOther.base).toMatchObject({ contentTokens: 2000, carriedTokens: 2 * 1000 + 2000 });
});

test("a compaction's own prompt is a thing of its own", () => {
  const { ofOther } = carriedIn(`
    user text:100
    call build p/m prompt:1106
    compact
    summary build p/m prompt:1400 text:50
  `);
  expect(ofOther["compaction-input"]).toEqual({ contentTokens: 1400, carriedTokens: 1400, costUsd: 14_000 });
});

test("all that was carried is all input, and its cost that of all input", () => {
  fc.assert(
    fc.property(messageLines, (text) => {
      const totals = carriedIn(text);
      const { carriedTokens, costUsd } = addedUp([...items(totals), ...Object.values(totals.ofOther)]);
      const usages = sessionFromMessages(text).messages.flatMap(({ tokens }) => tokens ?? []);
      const prompts = sessionFromMessages(text).messages.map(promptOf);
      expect(carriedTokens).toBe(prompts.reduce((a, b) => a + b, 0));
      expect(costUsd).toBe(
        usages.reduce((sum, each) => sum + each.cacheRead + 12 * each.cacheWrite + 10 * each.uncachedInput, 0),
      );
    }),
    { numRuns: 500 },
  );
});

test("what a call without known prices held has no known cost; what only others held has one", () => {
  const [first, second] = items(
    carriedIn(
      `
        user text:100
        call build p/free prompt:1106
        compact
        summary build p/m text:100
        call build p/m prompt:1106
      `,
      ({ model }) => (model === "p/free" ? null : RATES),
    ),
  );
  expect([first?.costUsd, second?.costUsd]).toEqual([null, 10 * 106]);
});

test("a sum with something unknown in it is unknown", () => {
  const known = { contentTokens: 1, carriedTokens: 2, costUsd: 3 };
  expect(addedUp([known, known])).toEqual({ contentTokens: 2, carriedTokens: 4, costUsd: 6 });
  expect(addedUp([known, { ...known, costUsd: null }, known])).toMatchObject({ carriedTokens: 6, costUsd: null });
  expect(addedUp([])).toEqual(NOTHING_CARRIED);
});
