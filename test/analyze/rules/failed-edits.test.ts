import { expect, test } from "vitest";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

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
  expect(found?.message).toBe("1 of 2 edits failed. 2 steps (2.0\u00a0s) only failed or read the file again.");
});

const SAID = {
  missing: "Could not find oldString in the file. It must match exactly.",
  several: "Found multiple matches for oldString. Provide more surrounding context.",
  identical: "No changes to apply: oldString and newString are identical.",
};

/** A session in which edits failed one after the other, each for what the tool said of it. */
function failing(...errors: readonly string[]) {
  const steps = errors.map(
    (_, i) => `    step ${i}000..${i + 1}000 prompt:9000\n      edit src/a${i}.ts ${i}900..${i}950 error`,
  );
  const session = sessionFromStory(["  turn 0..9000", ...steps].join("\n"));
  const left = [...errors];
  const spans = session.spans.map((span) => (span.kind === "tool" ? { ...span, error: left.shift() ?? null } : span));
  return foundIn("failed-edits", { ...session, spans });
}

test("says why the edits failed, and gives a line for each reason", () => {
  const [found] = failing(SAID.missing, SAID.identical, SAID.missing, SAID.several);
  expect(found?.message).toBe(
    "4 of 4 edits failed (2 text not found, 1 changed nothing, 1 matched several places). 4 steps (4.0\u00a0s) only failed or read the file again.",
  );
  expect(found?.apply.map(({ text }) => text.split("\n"))).toEqual([
    [expect.stringMatching(/copy the text/), expect.stringMatching(/no edit/), expect.stringMatching(/only once/)],
  ]);
});

test("gives only the line that fits, and the common one where the reason is another", () => {
  expect(failing(SAID.several)[0]?.apply[0]?.text).toMatch(/^Include enough lines .* occurs only once\.$/);
  const [found] = failing("You must read the file first", SAID.several);
  expect(found?.message).toContain("(1 matched several places, 1 for other reasons)");
  expect(found?.apply[0]?.text).toMatch(/^Include .*\nBefore an edit, copy/);
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
  expect(found?.message).toBe(
    "1 of 4 edits failed (text not found). 2 steps (1.2\u00a0s) only failed or read the file again.",
  );
});
