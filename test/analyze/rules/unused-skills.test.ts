import { expect, test } from "vitest";
import { foundIn, foundInRecorded, foundInStory } from "../../support/findings.js";
import { sessionFromStory } from "../../support/story-text.js";

/** Common tokenizers make 1.05 tokens of a word: 20 skills of 24 words are 20 × 25. */
const story = ({ of = 20, says = 24, calls = 3, base = 5_000, uses = "" } = {}) => {
  const steps = Array.from({ length: calls }, (_, i) => {
    return `  step ${i}000..${i + 1}000 prompt:${base} cached:${i === 0 ? 0 : base - 10} out:9${i === 0 ? uses : ""}`;
  });
  return [`skills 0..0 of:${of} says:${says}`, "turn 0..9000", ...steps].join("\n");
};

test("fires at 500 tokens of every call that tell of skills nobody used", () => {
  const [found] = foundInStory("unused-skills", story());
  expect(found?.message).toBe(
    "20 of 20 skills were not used: skill-1, skill-10, skill-11, skill-12, skill-13 and 15 others. Their names and descriptions took about 500 tokens of every call.",
  );
  expect(found?.savings).toEqual({ tokens: 500 * 3 });
  expect([found?.basis, found?.affected, found?.evidence.length]).toEqual(["estimated", 3, 3]);
});

test("says nothing of less, of fewer calls, or where nobody looked for skills", () => {
  expect(foundInStory("unused-skills", story({ of: 19 }))).toEqual([]);
  expect(foundInStory("unused-skills", story({ calls: 2 }))).toEqual([]);
  expect(foundIn("unused-skills", { ...sessionFromStory(story()), local: null })).toEqual([]);
});

test("leaves out the skills that were used", () => {
  const [found] = foundInStory("unused-skills", story({ of: 21, uses: "\n    skill 100..200 on:skill-7" }));
  expect(found?.message).toMatch(/^20 of 21 skills were not used: skill-1, skill-10,/);
  expect(found?.message).not.toContain("skill-7");
});

test("says nothing where so much cannot have stood in the prompts", () => {
  expect(foundInStory("unused-skills", story({ base: 499 }))).toEqual([]);
});

test("hands over the permissions that take them out", () => {
  const [found] = foundInStory("unused-skills", story({ of: 1, says: 900 }));
  const [{ label, text } = { label: "", text: "" }] = found?.apply ?? [];
  expect([label, JSON.parse(text)]).toEqual(["opencode.json", { permission: { skill: { "skill-1": "deny" } } }]);
  expect(found?.message).toMatch(/^1 of 1 skill was not used: skill-1\. Their/);
});

test("one unused skill of debug-auth is not worth a word", async () => {
  expect(await foundInRecorded("unused-skills", "1.18.34 debug-auth", "Debug Auth")).toEqual([]);
});
