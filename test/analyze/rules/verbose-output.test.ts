import { expect, test } from "vitest";
import type { ContentPart } from "../../../src/model/session.js";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

const turn = ({ asks = 40, says = 500, before = "" } = {}) => `
  turn 0..20000 asks:${asks}
    step 0..2000 first:1000 prompt:9000 out:40 cost:0.0094
      ${before || "read src/a.ts 1900..1950 gives:100"}
    step 2000..20000 first:5000 prompt:9400 out:1000 says:${says} cost:0.0194`;

test("fires at an answer of 500 words to a prompt of 40, and saves what is beyond 200", () => {
  const [found] = foundInStory("verbose-output", turn());
  // By hand: 300 of 500 words, so 600 of 1,000 output tokens and 9 of the 15 s in which they streamed. The costs are
  // those of $1 and $10 a million.
  expect(found?.savings).toEqual({ ms: 9000, share: 0.45, tokens: 600, usd: 0.006 });
  expect([found?.basis, found?.affected]).toEqual(["estimated", 1]);
  expect(found?.message).toBe("An answer of 500 words followed a prompt of 40 words, and nothing was edited.");
  expect(found?.formula).toBe("200 of 500 words would have spared 300/500 of its 1,000 tokens (600) and 9.0\u00a0s");
});

test("says nothing of a shorter answer, and of a longer prompt", () => {
  expect(foundInStory("verbose-output", turn({ says: 499 }))).toEqual([]);
  expect(foundInStory("verbose-output", turn({ asks: 41 }))).toEqual([]);
});

test("says nothing of what is so long that it must have been asked for", () => {
  const found = (says: number) => foundInStory("verbose-output", turn({ says })).length;
  expect([found(2000), found(2001)]).toEqual([1, 0]);
});

test("says of each of several answers what it is beyond", () => {
  const [found] = foundInStory(
    "verbose-output",
    turn() + turn({ says: 800 }).replaceAll(/(\d+)\.\.(\d+)/g, "3$1..3$2"),
  );
  expect(found?.formula).toMatch(
    /^200 of 500 words would have spared 300\/500 .*; 200 of 800 words would have spared 600\/800 /,
  );
});

test("says nothing where the turn edited something, be it in a subagent", () => {
  expect(foundInStory("verbose-output", turn({ before: "edit src/a.ts 1900..1950" }))).toEqual([]);
  const inSubagent = `task 1000..1900
        subagent 1000..1900
          step 1000..1900 prompt:900 out:9
            write src/a.ts 1500..1600`;
  expect(foundInStory("verbose-output", turn({ before: inSubagent }))).toEqual([]);
});

test("says nothing of an answer that goes on with a call, and of what a subagent answered", () => {
  expect(foundInStory("verbose-output", `${turn()}\n      bash 19000..19500`)).toEqual([]);
  expect(
    foundInStory(
      "verbose-output",
      `
      turn 0..9000 asks:5
        step 0..9000 until:100 prompt:900 out:9
          task 100..9000
            subagent 100..9000 asks:9
              step 100..9000 prompt:900 out:900 says:800`,
    ),
  ).toEqual([]);
});

test("says nothing of code: it has a mark for every other word", () => {
  const session = sessionFromStory(turn());
  const withMarks = (marks: number) => (part: ContentPart) =>
    part.kind === "text" ? { ...part, shape: { ...part.shape, marks } } : part;
  const found = (marks: number) =>
    foundIn("verbose-output", {
      ...session,
      messages: session.messages.map((each) => ({ ...each, content: each.content.map(withMarks(marks)) })),
    });
  expect([found(250).length, found(251).length]).toEqual([1, 0]);
});

test("claims no time that another task hid", () => {
  const hidden = `
    turn 0..20000 asks:9
      step 0..20000 until:400 prompt:900 out:9
        bash 500..20000
      step 1000..20000 first:5000 prompt:900 out:1000 says:500`;
  const [found] = foundInStory("verbose-output", hidden);
  expect(found?.savings).toEqual({ tokens: 600 });
  expect(found?.formula).toMatch(/; 9\.0\u00a0s of it ran beside other work and is not counted$/);
});

test("says nothing of the 856 words that the recorded debug-auth wrote: they were asked for together with edits", async () => {
  expect(await foundInRecorded("verbose-output", "1.18.34 debug-auth", "Debug Auth")).toEqual([]);
});

test("finds the 700 words of the recorded session that answered five", async () => {
  const [found] = await foundInRecorded("verbose-output", "1.18.34 wasteful-habits", "Late parcels");
  // By hand: 500 of 700 words too many, so that part of its 772 output tokens.
  expect(found).toMatchObject({ affected: 1, basis: "estimated", savings: { tokens: 551 } });
});
