import { expect, test } from "vitest";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

const ABORTED = `
  turn 0..6000 aborted
    step 0..1000 prompt:9000 out:20 cost:0.01
      read src/a.ts 900..950
    step 1000..3000 aborted prompt:9200 out:30 cost:0.01
      bash 1500..2900 aborted on:npm_start
  turn 6000..10000
    step 6000..10000 prompt:9400 out:20`;

test("fires at two seconds of a step that was aborted", () => {
  const [found] = foundInStory("aborted-work", ABORTED);
  // By hand: the second step.
  expect(found?.savings).toEqual({ ms: 2000, share: 0.2, tokens: 9230, usd: 0.01 });
  expect(found).toMatchObject({ affected: 1, basis: "measured" });
  expect(found?.message).toBe("1 step (2.0\u00a0s, 9,230 tokens) led to nothing: it was aborted.");
  expect(found?.formula).toBe("time until each one stopped: 2.0\u00a0s");
  expect(found?.apply.map(({ text }) => text)).toEqual([expect.stringMatching(/limit of time .*`timeout` argument/)]);
});

test("says nothing of a millisecond less", () => {
  expect(foundInStory("aborted-work", ABORTED.replace("step 1000..3000", "step 1001..3000"))).toEqual([]);
});

test("counts an error at the end of a turn, and none that the turn went on after", () => {
  const failed = ABORTED.replaceAll("aborted", "error");
  expect(foundInStory("aborted-work", failed)[0]?.message).toContain("it ended its turn with an error");
  const mended = failed.replace("  turn 6000", "    step 3000..6000 prompt:9300 out:10\n  turn 6000");
  expect(foundInStory("aborted-work", mended)).toEqual([]);
});

const UNRECORDED = { retries: "as-waiting", permissionWaits: "none" } as const;
const FAILED = `
  turn 0..6000
    step 0..4000 error error:APIError:_overloaded
  turn 6000..9000
    step 6000..8000 aborted prompt:9000 out:20
  turn 9000..20000
    step 9000..20000 prompt:9000 out:20`;

test("leaves calls that the provider failed to the rule that speaks of them", () => {
  const found = (story: string) => foundIn("aborted-work", { ...sessionFromStory(story), records: UNRECORDED });
  expect(found(FAILED)[0]).toMatchObject({ affected: 1, savings: { ms: 2000 } });
  expect(found(FAILED.replace(" aborted", ""))).toEqual([]);
  // Too little else was lost to claim it: all of it is told.
  expect(found(FAILED.replace("6000..8000", "7001..8000"))[0]).toMatchObject({ affected: 2, savings: {} });
  expect(found(FAILED.replace("0..4000", "3000..3500").replace("6000..8000", "7001..8000"))).toEqual([]);
});

test.each([
  ["401:_refused", ["Shell"]],
  ["Invalid_API_key", ["Shell"]],
  ["HTTP_429", ["Advice", "Prompt"]],
  ["overloaded", ["Advice", "Prompt"]],
  ["connection_reset", ["Prompt"]],
])("advises by the error: %s", (error, labels) => {
  const story = FAILED.replace("APIError:_overloaded", error.replaceAll("_", "-")).replace(" aborted", "");
  expect(foundInStory("aborted-work", story)[0]?.apply.map(({ label }) => label)).toEqual(labels);
});

test("asks for a plan after two aborts, not after one", () => {
  const plans = (story: string) =>
    foundInStory("aborted-work", story)[0]?.apply.filter(({ text }) => text.includes("wait for a yes")).length;
  expect([plans(FAILED.replace("error error:APIError:_overloaded", "aborted")), plans(ABORTED)]).toEqual([1, 0]);
});

test("speaks of calls where nothing but calls was lost", () => {
  const story = `
  turn 0..9000
    step 0..4000 prompt:9000 out:20
      bash 500..3500 aborted on:npm_start
    step 4000..9000 prompt:9000 out:20`;
  const [found] = foundInStory("aborted-work", story);
  expect(found).toMatchObject({ affectedNoun: "call", savings: { ms: 3000 } });
  expect(found?.message).toBe("1 call (3.0\u00a0s) led to nothing: it was aborted.");
});

test("counts messages that were taken back", () => {
  const story = `
  turn 0..4000
    step 0..4000 prompt:9000 out:20 cost:0.01 reverted
  turn 5000..9000
    step 5000..9000 prompt:9000 out:20 cost:0.01`;
  const [found] = foundInStory("aborted-work", story);
  expect(found?.savings).toEqual({ ms: 4000, share: 0.5, tokens: 9020, usd: 0.01 });
});

test("counts what stopped without an end as derived, unless it may still be running", () => {
  const open = ABORTED.replaceAll("aborted", "unfinished");
  expect(foundInStory("aborted-work", open)[0]).toMatchObject({ basis: "derived", affected: 1 });
  expect(foundInStory("aborted-work", open.split("\n").slice(0, 6).join("\n"))).toEqual([]);
});

test("takes an answer without an end for whole where it left no call open: some sources record no ends", () => {
  const story = `
  turn 0..4000 unfinished
    step 0..4000 unfinished says:50
  turn 5000..9000
    step 5000..9000 prompt:9000 out:20`;
  expect(foundInStory("aborted-work", story)).toEqual([]);
  expect(foundInStory("aborted-work", story.replace("says:50", ""))).toHaveLength(1);
});

test("counts what a lost step holds once, with the tokens of the subagents in it", () => {
  const story = `
  turn 0..9000 aborted
    step 0..9000 aborted prompt:9000 out:20 until:1000
      task 1000..9000 aborted
        subagent 1000..9000
          step 1000..4000 prompt:5000 out:10
          step 4000..9000 aborted prompt:5000 out:10`;
  const [found] = foundInStory("aborted-work", story);
  expect(found).toMatchObject({ affected: 1, savings: { ms: 9000, tokens: 9020 + 5010 + 5010 } });
});

test("finds the recorded faults: an interrupted step and two that the provider failed", async () => {
  const [found] = await foundInRecorded("aborted-work", "2.0-preview faults", "Faults");
  // By hand from the database: steps of 3,211, 856 and 283 ms; only the first was answered, with 10 + 5,760 + 19 tokens.
  expect(found).toMatchObject({ affected: 3, basis: "measured", savings: { tokens: 5789 } });
  expect(found?.message).toContain(
    "3 steps (4.3\u00a0s, 5,789 tokens) led to nothing: 1 was aborted, 2 ended their turn with an error.",
  );
  const [older] = await foundInRecorded("aborted-work", "1.18.34 faults", "Faults");
  // By hand: 67,703 and 67,201 ms until the provider's errors, 1,011 ms until the record of the killed run stops.
  // The first two are claimed by provider-retries, and the third alone is below the threshold: nothing is claimed here.
  expect(older).toMatchObject({ affected: 3, basis: "derived", savings: {} });
  expect(older?.formula).toContain("all but 1.0\u00a0s ended in errors of the provider");
});
