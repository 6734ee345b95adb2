import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

// A result of w words is w * 1.05 + 1 tokens, the call for it 6: the prompts grow by exactly that. 10,000 words: 10,501.
const story = (call: string, words: number, prompt: number) => `
  turn 0..9000 asks:10
    step 0..1000 prompt:5000 out:20 cost:0.01
      ${call} 900..950 gives:${words}
    step 1000..2000 prompt:${prompt} out:20 cost:0.01
    step 2000..3000 prompt:${prompt} out:20 cost:0.01
    step 3000..4000 prompt:${prompt} out:20 cost:0.01`;
const BUILD = story("bash on:cd_web_&&_npm_run_build", 10_000, 5000 + 10_501 + 6);

test("fires at a large result that three calls carried, and keeps 1,000 tokens of it", () => {
  const [found] = foundInStory("oversized-tool-output", BUILD);
  // By hand: three calls carried 10,501 tokens each; 9,501 of each are beyond what is kept.
  expect(found?.savings.tokens).toBe(3 * 9501);
  expect(found?.message).toBe(
    "1 result of over 5,000 tokens was sent again with the calls after, 31.5\u00a0K tokens in all. npm run build: 10,501 tokens, sent 3 times.",
  );
  expect([found?.basis, found?.affected, found?.evidence.length]).toEqual(["estimated", 1, 1]);
  expect(found?.apply[0]?.text).toMatch(/`COMMAND > \/tmp\/out\.txt .*Here that was: npm run build\.$/);
  expect(found?.formula).toBe(
    "31.5\u00a0K tokens sent, minus 1,000 per sending (if that had been enough) = 28.5\u00a0K",
  );
});

test("says nothing of what two calls carried", () => {
  const limits = (fewestCarries: number) => ({ "oversized-tool-output": { fewestCarries } });
  expect(foundInStory("oversized-tool-output", BUILD, limits(4))).toEqual([]);
  expect(foundInStory("oversized-tool-output", BUILD.slice(0, BUILD.lastIndexOf("step")))).toEqual([]);
});

test("says nothing of a result of 5,000 tokens", () => {
  // 4,760 words are 4,999 tokens and 4,761 are 5,000.
  expect(foundInStory("oversized-tool-output", story("bash on:ls", 4_761, 5000 + 5000 + 6))).toEqual([]);
  expect(foundInStory("oversized-tool-output", story("bash on:ls", 4_762, 5000 + 5001 + 6))).toHaveLength(1);
});

test("speaks of a file's read as one of a range, and names the file", () => {
  const [found] = foundInStory("oversized-tool-output", story("read /p/src/big.ts", 10_000, 15_507));
  expect(found?.message).toContain("read src/big.ts: 10,501 tokens, sent 3 times");
  expect(found?.apply.map(({ text }) => text)).toEqual([expect.stringContaining("offset and limit")]);
});

test("says nothing of a skill: its instructions are meant as a whole", () => {
  expect(foundInStory("oversized-tool-output", story("skill on:deploy", 10_000, 15_507))).toEqual([]);
});

test("finds the files of the recorded session whose results had to be pruned", async () => {
  const [found] = await foundInRecorded("oversized-tool-output", "1.18.34 pruning", "Pruning");
  expect(found?.affected).toBe(8);
  expect(found?.message).toMatch(/\. read big1\.ts: 10,433 tokens, sent 11 times; .*; and 5 more\.$/);
});

test("finds the log of the recorded session that every later call carried along", async () => {
  const [found] = await foundInRecorded("oversized-tool-output", "1.18.34 wasteful-habits", "Late parcels");
  // By hand: 9,201 tokens in 13 prompts are 119,613; 1,000 in each would have been 13,000.
  expect(found).toMatchObject({ affected: 1, savings: { tokens: 106_613 } });
});
