import { expect, test } from "vitest";
import type { PriceBook } from "../../../src/model/price-book.js";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

/** $10 a million for input and $50 for output; the small model a tenth of it, or `times` less. */
const cost = (prompt: number, out: number, times = 1) => (10 * prompt + 50 * out) / 1e6 / times;
const large = (at: number, { prompt = 10_000, out = 100, more = "" } = {}) => `
    step ${at}..${at + 1000} first:${at + 500} prompt:${prompt} out:${out} cost:${cost(prompt, out)} ${more}
      read src/a${at}.ts ${at + 990}..${at + 1000} gives:10`;
const small = (at: number, times = 10) => `
    step ${at}..${at + 500} first:${at + 200} model:p/small prompt:5000 out:${60 + at / 1000} cost:${cost(5000, 60 + at / 1000, times)}`;
const FOUR = [0, 1000, 2000, 3000].map((at) => large(at, { out: 100 + at / 100 })).join("");
const HARD = large(4000, { out: 2000 });
const story = (large: string, small: string) => `  turn 0..9000 asks:20${large}${small}`;
const SMALL = [5000, 5500, 6000].map((at) => small(at)).join("");

test("fires at four small steps on a model that is dearer than another of the session, with what that one is faster", () => {
  const [found, ...more] = foundInStory("smaller-model", story(FOUR + HARD, SMALL));
  // By hand: 40,000 tokens of input and 460 of output cost $0.423, on the other model a tenth.
  expect(found?.savings.usd).toBeCloseTo(0.3807, 6);
  expect([found?.basis, found?.affected, found?.evidence.length, more]).toEqual(["estimated", 4, 4, []]);
  expect(found?.message).toContain("4 of 5 steps on p/m");
  expect(found?.message).toContain("p/small would have cost $0.0423 instead of $0.4230 for them.");
  // By hand: the large model waits 500 ms (median) and then writes 245 tokens a second (120 in 490 ms), the small one
  // waits 200 ms and writes 218: an answer of 100 tokens takes 659 and not 908 ms, so 27 % of 990 ms are saved.
  expect(found?.savings.ms).toBeGreaterThan(4 * 240);
  expect(found?.savings.ms).toBeLessThan(4 * 290);
  expect(found?.formula).toContain("; time: 200\u00a0ms median wait instead of 500\u00a0ms, ");
});

test("claims no time by a model that was timed twice only", () => {
  const [found] = foundInStory("smaller-model", story(FOUR + HARD, small(5000) + small(5500)));
  expect(found?.savings).toEqual({ usd: expect.closeTo(0.3807, 6) });
});

test("takes both to write as fast where answers came in one piece", () => {
  const inOnePiece = SMALL.replaceAll(/first:(\d+)/g, (_, at) => `first:${Number(at) + 270}`);
  const [found] = foundInStory("smaller-model", story(FOUR + HARD, inOnePiece));
  // By hand: of 500 ms of waiting 30 are saved, of the 990 ms that each of the four steps took; rounded down.
  expect([4 * 30, 4 * 30 - 1]).toContain(found?.savings.ms);
  expect(found?.formula).not.toContain("tokens a second");
});

test("says nothing of three steps, or of a model that is less than three times cheaper", () => {
  const three = [0, 1000, 2000].map((at) => large(at, { out: 100 + at / 100 })).join("");
  expect(foundInStory("smaller-model", story(three + HARD, SMALL))).toEqual([]);
  const at = (times: number) => [5000, 5500, 6000].map((start) => small(start, times)).join("");
  expect(foundInStory("smaller-model", story(FOUR + HARD, at(3)))).toHaveLength(1);
  expect(foundInStory("smaller-model", story(FOUR + HARD, at(2.9)))).toEqual([]);
});

test.each([
  ["edited", FOUR.replace("read src/a3000.ts", "edit src/a3000.ts")],
  ["gave a subagent work", FOUR.replace("read src/a3000.ts", "task")],
  ["ran into an error", FOUR.replace("3990..4000 gives:10", "3990..4000 error")],
  ["reasoned", FOUR.replace("out:130", "out:130 reasoned:1")],
  ["said much", FOUR.replace(/out:130 cost:\S+/, `out:301 cost:${cost(10_000, 301)}`)],
])("a step that %s does not count", (_, steps) => {
  expect(steps).not.toBe(FOUR);
  expect(foundInStory("smaller-model", story(steps + HARD, SMALL))).toEqual([]);
});

test("a step does not count whose next one ran into an error; 300 tokens of output are still few", () => {
  const followed = (out: number, status: string) =>
    story(
      `${FOUR.replace(/out:130 cost:\S+/, `out:${out} cost:${cost(10_000, out)}`)}${HARD.replace(" gives:10", status)}`,
      SMALL,
    );
  expect(foundInStory("smaller-model", followed(300, ""))).toHaveLength(1);
  expect(foundInStory("smaller-model", followed(300, " error"))).toEqual([]);
});

const book: PriceBook = {
  source: "a list",
  pricesFor: () => null,
  smallerThan: (model) => [
    { model: `${model}-mini`, prices: { uncachedInput: 5e-6, cacheRead: 5e-6, cacheWrite: 5e-6, output: 25e-6 } },
    { model: `${model}-nano`, prices: { uncachedInput: 1e-6, cacheRead: 1e-6, cacheWrite: 1e-6, output: 5e-6 } },
  ],
};

test("without one in the session the price list's nearest that is three times cheaper stands for it, as an estimate", () => {
  const [found] = foundIn("smaller-model", sessionFromStory(story(FOUR + HARD, "")), book);
  expect(found?.savings).toEqual({ usd: expect.closeTo(0.3807, 6) });
  expect([found?.basis, found?.message.includes("p/m-nano would")]).toEqual(["estimated", true]);
  expect(JSON.parse(found?.apply[0]?.text ?? "").agent.lookup.model).toBe("p/m-nano");
});

test("says nothing without a price: of another model, or of the session's own", () => {
  expect(foundInStory("smaller-model", story(FOUR + HARD, ""))).toEqual([]);
  const unpaid = story(FOUR + HARD, SMALL).replaceAll(/cost:\S+/g, "cost:0");
  expect(foundIn("smaller-model", sessionFromStory(unpaid), book)).toEqual([]);
});

test("finds nothing in the recorded debug-auth: its one model is in no list", async () => {
  expect(await foundInRecorded("smaller-model", "1.18.34 debug-auth", "Debug Auth")).toEqual([]);
});

test("finds the look-ups of the recorded session that went on with a smaller model", async () => {
  const [found] = await foundInRecorded("smaller-model", "1.18.34 two-models", "Orchard questions");
  // By hand from the database: the seven answers of mock-large cost $0.0441474; mock-small charges a twelfth: $0.00367895.
  expect(found).toMatchObject({ affected: 7, basis: "estimated", savings: { usd: 0.04046845 } });
});
