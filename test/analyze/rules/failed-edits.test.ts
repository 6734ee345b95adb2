import { expect, test } from "vitest";
import { foundInRecorded, foundInStory } from "../../support/findings.js";

const FAILURE = `
  turn 0..9000
    step 0..1000 prompt:9000 out:20 cost:0.01
      edit src/a.ts 900..950 error
    step 1000..2000 prompt:9200 out:30 cost:0.01
      read src/a.ts 1900..1950 gives:100
    step 2000..3000 prompt:9400 out:40 cost:0.01`;

test("fires at one failed edit, with the step that looked at the file again", () => {
  const [found] = foundInStory("failed-edits", `${FAILURE}\n      edit src/a.ts 2900..2950`);
  expect(found?.savings).toEqual({ ms: 2000, share: 0.222222, tokens: 9020 + 9230, usd: 0.02 });
  expect(found?.message).toMatch(/^1 edit of 2 failed, and 2 steps went into/);
});

test("counts no step that did something else besides", () => {
  const [found] = foundInStory("failed-edits", FAILURE.replace("read src/a.ts", "bash"));
  expect(found?.savings.ms).toBe(1000);
});

test("says nothing of edits that were made, and of other calls that failed", () => {
  expect(foundInStory("failed-edits", FAILURE.replace("950 error", "950"))).toEqual([]);
  expect(foundInStory("failed-edits", FAILURE.replace("edit src/a.ts", "bash"))).toEqual([]);
});

test("finds the edit of the recorded debug-auth whose text was not in the file", async () => {
  const [found] = await foundInRecorded("failed-edits", "1.18.34 debug-auth", "Debug Auth");
  // By hand from the database: the step of the failed edit took 656 ms, the one that read session.ts again 511 ms.
  expect(found).toMatchObject({ affected: 1, savings: { ms: 1167, tokens: 24_154 } });
  expect(found?.message).toMatch(/^1 edit of 4 failed, and 2 steps went into/);
});
