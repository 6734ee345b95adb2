import { expect, test } from "vitest";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { loadTitled, recordedPath } from "../../support/fixtures.js";

const PAUSE = `
  turn 0..700000
    step 0..700000 prompt:9000 wrote:8000 out:20
  turn 1000000..1000000
    step 1000000..1000000 prompt:9400 cached:0 out:20`;

test("notes a pause of five minutes where pauses are three tenths of the wall time, and claims nothing", () => {
  const [found] = foundInStory("idle-gaps", PAUSE);
  // By hand: 300 of 1,000 s; the call after it sent all of its 9,400 tokens anew.
  expect(found).toMatchObject({ affected: 1, savings: {}, basis: "measured", apply: [] });
  expect(found?.message).toMatch(
    /^The session waited for you for 5\u00a0min 00\u00a0s in 1 long pause; that is no fault of anybody\./,
  );
});

test("says how much had to be read anew after a pause, where the record shows it", () => {
  const longer = PAUSE.replaceAll("1000000", "1000001");
  expect(foundInStory("idle-gaps", longer)[0]?.message).toContain("1 call after a pause read 9,400 tokens anew");
  expect(foundInStory("idle-gaps", longer.replace("cached:0", "cached:9000"))[0]?.message).not.toMatch(/anew|forget/);
  expect(foundInStory("idle-gaps", longer)[0]?.why).toBe("A pause costs the agent no time.");
});

test("says nothing of a shorter pause, and where pauses are less of the wall time", () => {
  expect(foundInStory("idle-gaps", PAUSE.replaceAll("1000000", "999999"))).toEqual([]);
  expect(foundInStory("idle-gaps", PAUSE.replace("1000000..1000000", "1000000..1000001"))).toEqual([]);
});

test("says nothing of the recorded faults, with pauses of two seconds", async () => {
  expect(await foundInRecorded("idle-gaps", "1.18.34 faults", "Faults")).toEqual([]);
});

test("notes the pauses of the recorded debug-auth where the user wants to hear of short ones", async () => {
  const session = await loadTitled(recordedPath("1.18.34 debug-auth"), "Debug Auth");
  const [found] = foundIn("idle-gaps", session, null, { "idle-gaps": { leastMs: 6_000 } });
  // By hand: of 35.7 s the agent waited 6.9 and 5.8 s.
  expect(found).toMatchObject({ savings: {}, apply: [] });
});
