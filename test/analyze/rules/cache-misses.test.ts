import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

// $10 a million for input, $1 out of the cache, $50 for output.
const call = (at: number, prompt: number, cached: number, more = "") =>
  `    step ${at}..${at + 1000} prompt:${prompt} cached:${cached} out:100 cost:${(10 * (prompt - cached) + cached + 5000) / 1e6} ${more}`;
const twice = (at: number, prompt: number, more = "") => [
  call(at, prompt, 0, more),
  call(at + 1000, prompt + 1000, prompt, more),
];
const story = (second: readonly string[], at = 3000) =>
  ["  turn 0..2000 asks:9", ...twice(0, 20_000), `  turn ${at}..${at + 2000} asks:9`, ...second].join("\n");

const PAUSE = story(twice(302_001, 22_000), 302_001);

test("fires at a call after a pause of more than five minutes, with what it cost beyond the cache", () => {
  const [found, ...more] = foundInStory("cache-misses", PAUSE);
  // By hand: 21,000 tokens of the call before could have been read; each cost $10 a million and not $1.
  expect(found?.savings).toEqual({ usd: 0.189 });
  expect(found?.message).toBe(
    "1 call came after a pause of more than five minutes, when providers have forgotten: 21.0\u00a0K tokens that the cache had held were sent anew.",
  );
  expect([found?.title, found?.basis, more]).toEqual(["Go on in a new session after a long pause", "derived", []]);
});

test("says nothing of what the cache held, and of a session's first call", () => {
  expect(foundInStory("cache-misses", story([call(302_001, 22_000, 21_000)], 302_001))).toEqual([]);
  expect(
    foundInStory("cache-misses", `  turn 0..900 asks:9\n${call(0, 90_000, 0)}\n${call(900, 90_000, 89_000)}`),
  ).toEqual([]);
});

test("is held against its threshold by the tokens of a cause", () => {
  const found = (leastTokens: number) => foundInStory("cache-misses", PAUSE, { "cache-misses": { leastTokens } });
  expect([found(21_000).length, found(21_001).length]).toEqual([1, 0]);
});

test("each cause is a finding of its own", () => {
  const both = [
    PAUSE,
    "  turn 400000..402000 asks:9",
    call(400_000, 24_000, 0, "agent:plan"),
    call(401_000, 25_000, 0, "agent:plan"),
  ];
  const found = foundInStory("cache-misses", both.join("\n"));
  // By hand: the first call of the other agent missed the 23,000 of the call before, the next one its own 24,000.
  expect(found.map(({ title, savings }) => [title, savings.usd])).toEqual([
    ["Find out why the cache was missed", 0.216],
    ["Stay with one agent in a session", 0.207],
    ["Go on in a new session after a long pause", 0.189],
  ]);
  expect(JSON.parse(found[0]?.apply[0]?.text ?? "")).toEqual({ provider: { p: { options: { setCacheKey: true } } } });
});

test("a change of the model is charged at the prices of the new one", () => {
  const changed = story([...twice(3000, 22_000, "model:p/other"), call(5000, 24_000, 23_000, "model:p/other")]);
  const [found, ...more] = foundInStory("cache-misses", changed);
  expect([found?.title, found?.savings.usd, more]).toEqual(["Change the model between tasks", 0.189, []]);
});

test("what was written to the cache again is charged as that", () => {
  // $12.50 a million to write to the cache, $1 to read from it, $50 for output.
  const [found] = foundInStory(
    "cache-misses",
    `
    turn 0..2000 asks:9
      step 0..1000 prompt:20000 wrote:20000 out:100 cost:0.255
      step 1000..2000 prompt:21000 cached:20000 wrote:1000 out:100 cost:0.0375
    turn 400000..402000 asks:9
      step 400000..401000 prompt:22000 wrote:22000 out:200 cost:0.285
      step 401000..402000 prompt:23000 cached:22000 wrote:1000 out:100 cost:0.0395`,
  );
  expect(found?.savings).toEqual({ usd: 0.2415 });
});

test("claims no cost where no price is known, and still says what was missed", () => {
  const [found] = foundInStory("cache-misses", PAUSE.replaceAll(/cost:\S+/g, ""));
  expect(found?.savings).toEqual({});
  expect(found?.formula).toMatch(
    /^tokens that could have come from the cache but did not: 21\.0\u00a0K; no price is known/,
  );
});

test("claims nothing where nothing was paid", () => {
  expect(foundInStory("cache-misses", PAUSE.replaceAll(/cost:\S+/g, "cost:0"))).toEqual([]);
});

test("finds the change of the model in the recorded session", async () => {
  const [found] = await foundInRecorded("cache-misses", "1.18.34 cache-misses", "Count the houses");
  // By hand from the database: the call before had a prompt of 26,668 + 6,656 tokens, and nothing of it came from a cache.
  expect(found?.message).toMatch(/^1 call changed the model in the middle of a conversation: 33\.3\u00a0K tokens/);
});
