import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { ruleSettings } from "../../src/analyze/rule-settings.js";
import { foundInStory } from "../support/findings.js";
import { sessionFromStory } from "../support/story-text.js";

const TWO_READS = `
  turn 0..9000
    step 0..1000 first:800
      read src/a.ts 900..950
    step 1000..2000 first:1700
      read src/b.ts 1900..1950`;
const LOWER = { "sequential-reads": { fewestSteps: 2 } };

test("a threshold of the user's goes before ours", () => {
  expect(foundInStory("sequential-reads", TWO_READS)).toHaveLength(0);
  expect(foundInStory("sequential-reads", TWO_READS, LOWER)).toHaveLength(1);
});

test("a rule that is turned off says nothing", () => {
  const failed = "turn 0..9000\n  step 0..1000\n    edit src/a.ts 900..950 error";
  expect(foundInStory("failed-edits", failed)).toHaveLength(1);
  expect(foundInStory("failed-edits", failed, { "failed-edits": false })).toHaveLength(0);
});

test("what was followed stands in the notes", () => {
  const session = sessionFromStory(TWO_READS);
  const { notes } = analyze(session, "test", null, { ...LOWER, "idle-gaps": false });
  expect(notes.at(-1)?.text).toBe(
    "Suggestions went by thresholds of a settings file: sequential-reads.fewestSteps = 2, idle-gaps off.",
  );
});

test("a file that names thresholds of the table is followed", () => {
  const thresholds = { "large-output": { outputTokens: 5_000 }, "idle-gaps": false };
  expect(ruleSettings({ thresholds })).toEqual({ settings: thresholds });
  expect(ruleSettings({})).toEqual({ settings: {} });
});

test.each([
  [undefined, "it holds no object"],
  [[], "it holds no object"],
  [{ rules: {} }, 'unknown setting "rules"'],
  [{ thresholds: 1 }, "thresholds is no object"],
  [{ thresholds: { "large-outputs": {} } }, 'unknown rule "large-outputs"'],
  [{ thresholds: JSON.parse('{"__proto__":{}}') }, 'unknown rule "__proto__"'],
  [{ thresholds: { "large-output": true } }, "thresholds.large-output is neither an object nor false"],
  [{ thresholds: { "large-output": { tokens: 1 } } }, 'unknown threshold "large-output.tokens"; known: outputTokens'],
  [{ thresholds: { "large-output": { outputTokens: "1" } } }, "large-output.outputTokens is not a number of 0 or more"],
  [{ thresholds: { "any-rule": false } }, "thresholds.any-rule cannot be turned off"],
])("%j is refused: %s", (file, problem) => {
  expect(ruleSettings(file)).toEqual({ problem: expect.stringContaining(problem) });
});
