import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

/** Calls of 5 s each, whose prompts grow by 1,000 tokens; `waits`: before the first output. */
function session(waits: readonly number[]): string {
  const steps = waits.map((wait, i) => {
    const from = i * 5000;
    return `  step ${from}..${from + 5000} first:${from + wait} prompt:${(i + 1) * 1000} out:10`;
  });
  return `turn 0..${waits.length * 5000}\n${steps.join("\n")}`;
}

const GROWING = [500, 500, 500, 500, 600, 700, 800, 900, 1000, 1000, 1000, 1100];

test("fires where waits have doubled from the smallest prompts to the largest", () => {
  const [found] = foundInStory("late-first-token", session(GROWING));
  // By hand: medians 500 and 1,000 ms; beyond 500 ms: 100 + 200 + 300 + 400 + 500 + 500 + 500 + 600 ms, of 60 s.
  expect(found).toMatchObject({ affected: 8, basis: "estimated", savings: { ms: 3100, share: 0.051667 } });
  expect(found?.message).toMatch(/500\u00a0ms for the smallest third of 12 calls, 1\.0\u00a0s for the largest\.$/);
  expect(found?.formula).toMatch(/; correlation of wait and prompt: 0\.97$/);
});

test("says nothing just under twice, and of fewer than twelve calls", () => {
  const less = GROWING.map((wait, i) => (i === 8 || i === 9 || i === 10 ? wait - 2 : wait));
  expect(foundInStory("late-first-token", session(less))).toEqual([]);
  expect(foundInStory("late-first-token", session(GROWING.slice(1)))).toEqual([]);
});

test("says nothing where the size of the prompt explains little, and where all waits are alike", () => {
  const scattered = [900, 500, 100, 500, 100, 1900, 100, 100, 1000, 100, 1900, 1000];
  expect(foundInStory("late-first-token", session(scattered))).toEqual([]);
  expect(foundInStory("late-first-token", session(GROWING.map(() => 500)))).toEqual([]);
  expect(foundInStory("late-first-token", session(GROWING.map(() => 0)))).toEqual([]);
});

test("leaves out calls that were sent again", () => {
  const retried = session(GROWING).replace("first:56100", "first:56100 retry:55000..55500");
  expect(foundInStory("late-first-token", retried)).toEqual([]);
});

test("says nothing of the recorded faults, whose waits have other causes", async () => {
  expect(await foundInRecorded("late-first-token", "1.18.34 faults", "Faults")).toEqual([]);
});

test("finds the waits that grew with the recorded talk", async () => {
  const [found] = await foundInRecorded("late-first-token", "1.18.34 long-talk", "Talk about the queue");
  // By hand: the median wait of the four smallest prompts is 712.5 ms; the other ten waits are 23,859 ms, so 7,125 less.
  expect(found).toMatchObject({ affected: 10, basis: "estimated", savings: { ms: 16_734 } });
});
