import { expect, test } from "vitest";
import { CarriedSums } from "../../../src/analyze/context/carried.js";
import { composeCalls } from "../../../src/analyze/context/compose.js";
import { HistorySums } from "../../../src/analyze/context/history-sums.js";
import type { TokenPrices } from "../../../src/model/price-book.js";
import { sessionFromStory } from "../../support/story-text.js";

const RATES: TokenPrices = { uncachedInput: 10, cacheRead: 1, cacheWrite: 12, output: 50 };

/** Of each turn: what it and all after it were sent from before it, and what that cost. */
function historyIn(story: string, rates: TokenPrices | null = RATES) {
  const session = sessionFromStory(story);
  const totals = new CarriedSums(() => rates);
  const history = new HistorySums(session);
  composeCalls(session, (composition) => totals.add(composition, history.visitor(composition.call)));
  return history.sums().map(({ tokens, usd }) => [tokens, usd]);
}

// A text of 100 words is 106 tokens: prompts grow by exactly that.
const TALK = `
  turn 0..1000 asks:100
    step 0..1000 prompt:1106 says:100
  turn 2000..4000 asks:100
    step 2000..3000 prompt:1318 says:100
    step 3000..4000 prompt:1424 says:100
  turn 5000..6000 asks:100
    step 5000..6000 prompt:1636`;

test("what a turn and those after it were sent from before it is counted at every turn between", () => {
  // By hand: the two texts of the first turn are held by 3 later calls, the three of the second by 1.
  expect(historyIn(TALK).map(([tokens]) => tokens)).toEqual([0, 3 * 212, 212 + 318]);
});

test("it costs what its place in the prompts costs", () => {
  const cached = TALK.replace("prompt:1318", "prompt:1318 cached:1212").replace(
    "prompt:1424",
    "prompt:1424 cached:1318",
  );
  // By hand: base is 1,000, so the first turn's texts lie at 1,000 to 1,212 and were cached by two of the three calls.
  expect(historyIn(cached)[1]).toEqual([636, 2 * 212 * 1 + 212 * 10]);
});

test("it has no price where one of the calls has none", () => {
  expect(historyIn(TALK, null)[1]).toEqual([636, null]);
});

test("results of tools are no conversation, what subagents were sent is not the session's", () => {
  const talk = `
    turn 0..3000 asks:100
      step 0..1000 until:500 prompt:1106
        read src/a.ts 600..700 gives:400
        task 700..1000
          subagent 700..1000 asks:50
            step 700..900 prompt:5000 says:900
            step 900..1000 prompt:6000
    turn 4000..5000 asks:100
      step 4000..5000 prompt:1646`;
  const [, second] = historyIn(talk);
  // The prompt, and the arguments of two calls, of 5 words each (6.25 tokens); the result took 421.
  expect(second?.[0]).toBeGreaterThan(106);
  expect(second?.[0]).toBeLessThan(106 + 2 * 7);
});

test("a session without turns has none", () => {
  expect(historyIn("shell 0..900 on:npm_test")).toEqual([]);
});
