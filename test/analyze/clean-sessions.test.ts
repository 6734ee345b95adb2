import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";

// Recorded work of the ordinary kind: what is needed is read in one step, edits fit, answers are short.
test.each([
  { name: "clean-feature", modelCalls: 35 },
  { name: "clean-question", modelCalls: 3 },
  { name: "clean-agents", modelCalls: 7 },
])("no rule has anything to say of $name, a session of $modelCalls answers", async ({ name, modelCalls }) => {
  for (const session of await loadRoots(recordedPath(`1.18.34 ${name}`))) {
    const { suggestions, summary } = analyze(session, "test");
    expect(summary.modelCalls).toBe(modelCalls);
    expect(suggestions).toEqual([]);
  }
});
