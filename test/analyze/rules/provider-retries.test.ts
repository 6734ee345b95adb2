import { expect, test } from "vitest";
import type { Session } from "../../../src/model/session.js";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

const RETRIED = `
  turn 0..10000
    step 0..5000 first:3000 retry:0..2000 prompt:9000 out:20`;
const FAILED = `
  turn 0..10000
    step 0..4000 prompt:9000 out:20
    step 4000..6000 error error:APIError:_overloaded`;

test("fires at two seconds of recorded attempts", () => {
  const [found] = foundInStory("provider-retries", RETRIED);
  expect(found).toMatchObject({ affected: 1, basis: "measured", savings: { ms: 2000, share: 0.2 } });
  expect(found?.apply.map(({ text }) => text)).toEqual([expect.stringMatching(/try later, or set another model/)]);
  expect([found?.title, found?.evidence.length]).toEqual(["Try later, or use another provider", 1]);
});

/** The story's session, as with a recording that says why attempts failed. */
function withReasons(story: string, ...retryReasons: string[]): Session {
  const session = sessionFromStory(story);
  const spans = session.spans.map((span) =>
    span.kind === "model" && span.retrying ? { ...span, retryReasons } : span,
  );
  return { ...session, spans };
}

test("says why attempts failed where a recording does, and asks for fewer requests where there were too many", () => {
  const [found] = foundIn("provider-retries", withReasons(RETRIED, "429", "overloaded", "429"));
  expect(found?.message).toMatch(/^1 response came only after attempts that failed \(2 × 429 and 1 × overloaded\): /);
  const withTask = `${RETRIED}\n      task 3000..4000`;
  const remedies = (...reasons: string[]) =>
    foundIn("provider-retries", withReasons(withTask, ...reasons))[0]?.apply.map(({ label }) => label);
  expect(remedies("429", "rate-limit")).toEqual(["AGENTS.md", "Advice"]);
  expect(remedies("overloaded")).toEqual(["Advice"]);
  expect(remedies()).toEqual(["Advice"]);
});

test("says nothing of a millisecond less, and of waiting for the first output", () => {
  expect(foundInStory("provider-retries", RETRIED.replace("retry:0..2000", "retry:1..2000"))).toEqual([]);
  expect(foundInStory("provider-retries", RETRIED.replace("retry:0..2000", ""))).toEqual([]);
});

test("takes a call that ended in an error for attempts where those are not recorded, and only there", () => {
  const session = sessionFromStory(FAILED);
  const records = { retries: "as-waiting", permissionWaits: "none" } as const;
  const [found] = foundIn("provider-retries", { ...session, records });
  expect(found).toMatchObject({ affected: 1, basis: "derived", savings: { ms: 2000, share: 0.2 } });
  expect(found?.apply.map(({ label }) => label)).toEqual(["Advice", "Prompt"]);
  expect(foundIn("provider-retries", session)).toEqual([]);
});

test("asks for fewer requests only after a rate limit, and only where several ran side by side", () => {
  const records = { retries: "as-waiting", permissionWaits: "none" } as const;
  const limited = FAILED.replace("APIError:_overloaded", "APIError:429-too-many-requests");
  const labels = (story: string) =>
    foundIn("provider-retries", { ...sessionFromStory(story), records })[0]?.apply.map(({ label }) => label);
  expect(labels(limited)).toEqual(["Advice", "Prompt"]);
  const withTask = limited.replace("out:20", "out:20\n      task 3000..4000");
  expect(labels(withTask)).toEqual(["AGENTS.md", "Prompt"]);
  expect(labels(withTask.replace("429-too-many-requests", "overloaded"))).toEqual(["Advice", "Prompt"]);
});

test("claims no attempts that something else hid", () => {
  const hidden = `
    turn 0..10000
      step 0..9000 until:100
        task 100..9000
          subagent 100..9000
            step 100..8000 first:7000 retry:100..5000
        bash 100..8000`;
  const [found] = foundInStory("provider-retries", hidden, { "any-rule": { leastShare: 0 } });
  expect(found?.savings.ms).toBeUndefined();
  expect(found?.formula).toContain("4.9\u00a0s of it ran beside other work");
});

test("finds the recorded attempts of the 2.0 preview's faults", async () => {
  const [found] = await foundInRecorded("provider-retries", "2.0-preview faults", "Faults");
  // By hand from the events: 6,183 ms for two attempts that were refused, 3,069 ms for a rate limit.
  expect(found).toMatchObject({ affected: 2, basis: "measured", savings: { ms: 9252 } });
});

test("finds the two calls of the 1.18.34 faults that ended in an APIError, as derived", async () => {
  const [found] = await foundInRecorded("provider-retries", "1.18.34 faults", "Faults");
  // By hand from the database: 67,700 ms until the connection was given up, 67,201 ms for the refused key.
  expect(found).toMatchObject({ affected: 2, basis: "derived", savings: { ms: 134_901 } });
  expect(found?.message).toMatch(
    /^2 calls ended in an error .* \(`Connection reset by server` and `Invalid API key`\): /,
  );
  expect(found?.apply.map(({ label }) => label)).toEqual(["Shell", "Prompt"]);
});

test("mentions calls that waited far longer than usual, and claims nothing for them", () => {
  const steps = [0, 1, 2, 3].map((i) => `  step ${i * 1000}..${i * 1000 + 1000} first:${i * 1000 + 500} prompt:9000`);
  const story = (failed: string) => `
turn 0..90000
${steps.join("\n")}
  step 10000..20000 first:19000 prompt:9000
  step 20000..23000 ${failed}`;
  const records = { retries: "as-waiting", permissionWaits: "none" } as const;
  const [found] = foundIn("provider-retries", { ...sessionFromStory(story("error error:APIError:_busy")), records });
  expect(found?.message).toContain("1 further call waited far longer than usual");
  expect(found?.savings.ms).toBe(3000);
  expect(foundIn("provider-retries", { ...sessionFromStory(story("first:20500")), records })).toEqual([]);
});
