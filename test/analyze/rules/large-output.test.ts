import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

const answer = (out: number, reasoned = 0) => `
  turn 0..80000 asks:20
    step 0..2000 first:1000 prompt:9000 out:40
      read src/a.ts 1900..1950 gives:100
    step 2000..42000 first:4000 prompt:9400 out:${out} reasoned:${reasoned}
      write src/b.ts 42000..42000
    step 42000..80000 first:79000 prompt:9600 out:20`;

test("fires at an answer of over 3,000 output tokens, with how long it streamed", () => {
  const [found] = foundInStory("large-output", answer(3001));
  // By hand: it streamed from 4 s to 42 s, so 38 of the 80 s in which the session was active.
  expect(found?.message).toBe(
    "A response had 3,001 output tokens and streamed for 38.0\u00a0s, 48\u00a0% of the active time.",
  );
  expect([found?.savings, found?.basis, found?.affected, found?.evidence.length]).toEqual([{}, "recorded", 1, 1]);
});

test("advises to edit in parts where a file was written, and to ask for an outline where it was prose", () => {
  const advice = (story: string) =>
    foundInStory("large-output", story)[0]?.apply.map(({ label, text }) => [label, text]);
  const change = ["AGENTS.md", expect.stringMatching(/^Change existing files with edit/)];
  const outline = ["Prompt", expect.stringMatching(/^Give me the outline/)];
  expect(advice(answer(3001))?.slice(1)).toEqual([change]);
  expect(advice(answer(3001).replace("write src/b.ts", "bash"))?.slice(1)).toEqual([outline]);
  expect(advice(answer(3001).replace("9600 out:20", "9600 out:3002"))?.slice(1)).toEqual([change, outline]);
});

test("says nothing of 3,000 output tokens, however many of reasoning came before them", () => {
  expect(foundInStory("large-output", answer(3000, 5000))).toEqual([]);
});

test("says nothing of the summary that a compaction wrote", () => {
  expect(foundInStory("large-output", "turn 0..900 asks:5\n  compaction 0..900 prompt:90000 out:4000")).toEqual([]);
});

test("counts the time once in which two answers streamed side by side", () => {
  const [found] = foundInStory(
    "large-output",
    `
    turn 0..10000 asks:20
      step 0..10000 until:100 prompt:900 out:9
        task 100..9000
          subagent 100..9000
            step 100..9000 first:1000 prompt:900 out:4000
        task 100..9000
          subagent 100..9000
            step 100..9000 first:1000 prompt:900 out:5000`,
  );
  expect(found?.message).toBe(
    "2 responses had over 3,000 output tokens each, 9,000 together, the longest 5,000 and streamed for 8.0\u00a0s, 80\u00a0% of the active time.",
  );
});

test("says only how large an answer was where its times are not known", () => {
  const [found] = foundInStory("large-output", "turn 0..900 asks:5\n  step 0..900 prompt:900 out:4000");
  expect(found?.message).toBe("A response had 4,000 output tokens.");
});

test("finds the long guide of the recorded session", async () => {
  const [found] = await foundInRecorded("large-output", "1.18.34 wasteful-habits", "Late parcels");
  expect(found?.message).toMatch(/^A response had 3,598 output tokens/);
  expect(found).toMatchObject({ affected: 1, savings: {} });
});
