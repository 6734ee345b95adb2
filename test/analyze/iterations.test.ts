import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { sessionFromStory } from "../support/story-text.js";

/** Calls, one step each, in one turn: by tool how many retries, how many of them worked, loops, and whether it is flaky. */
function circlesIn(...calls: readonly string[]) {
  const steps = calls.map(
    (call, i) => `    step ${i}000..${i + 1}000 prompt:9 out:1\n      ${call.replace(" ", ` ${i}100..${i}200 `)}`,
  );
  const { iterations } = analyze(sessionFromStory(["  turn 0..90000", ...steps].join("\n")), "test");
  const tools = iterations.filter(({ by }) => by === "tool");
  return tools.map((row) => [row.name, row.retries, row.recovered, row.verificationLoops, row.isFlaky]);
}

describe("a retry", () => {
  test("is a call on the same thing again after an error", () => {
    expect(circlesIn("edit a.ts error", "edit a.ts error", "edit a.ts")).toEqual([["edit", 2, 1, 0, false]]);
    expect(circlesIn("edit a.ts error", "read a.ts", "edit a.ts")).toEqual([["edit", 1, 1, 0, false]]);
  });

  test("is none on something else, with another tool, after a success, or after the user said no", () => {
    expect(circlesIn("edit a.ts error", "edit b.ts")).toEqual([]);
    expect(circlesIn("edit a.ts error", "write a.ts")).toEqual([]);
    expect(circlesIn("edit a.ts", "edit a.ts")).toEqual([]);
    expect(circlesIn("edit a.ts rejected", "edit a.ts")).toEqual([]);
  });

  test("is none of a call in the same step: the model had not seen the error", () => {
    const story = "turn 0..9000\n  step 0..1000 prompt:9\n    edit a.ts 100..200 error\n    edit a.ts 300..400";
    expect(analyze(sessionFromStory(story), "test").iterations).toEqual([]);
  });

  test("of a command that failed is none once something was changed: that is a check", () => {
    expect(circlesIn("bash on:make exit:2", "bash on:make exit:0")).toEqual([["bash", 1, 1, 0, false]]);
    expect(circlesIn("bash on:make exit:2", "edit a.ts", "bash on:make exit:0")).toEqual([]);
  });
});

describe("a flaky tool", () => {
  test("failed and worked with the same arguments and nothing changed between", () => {
    expect(circlesIn("webfetch on:x same:d error", "read a.ts", "webfetch on:x same:d")).toEqual([
      ["webfetch", 1, 1, 0, true],
    ]);
    expect(circlesIn("bash on:npm_test same:d fails", "bash on:npm_test same:d passes")).toEqual([
      ["bash", 1, 1, 0, true],
    ]);
  });

  test("is none where the arguments differ, or something was changed", () => {
    expect(circlesIn("webfetch on:x error", "webfetch on:x")[0]?.at(-1)).toBe(false);
    expect(circlesIn("webfetch on:x same:d error", "edit a.ts", "webfetch on:x same:d")[0]?.at(-1)).toBe(false);
  });
});

describe("a verification loop", () => {
  const [EDIT, CHECK, FAIL] = ["edit a.ts", "bash on:npm_test passes", "bash on:npm_test fails"];

  test("is a test or check between two edits", () => {
    expect(circlesIn(EDIT, FAIL, EDIT, CHECK)).toEqual([["bash", 0, 0, 1, false]]);
    expect(circlesIn(EDIT, FAIL, EDIT, EDIT, FAIL, FAIL, EDIT)).toEqual([["bash", 1, 0, 2, false]]);
  });

  test("is none before the first edit, after the last one, or for an edit that failed", () => {
    expect(circlesIn(CHECK, EDIT, CHECK)).toEqual([]);
    expect(circlesIn(EDIT, "bash on:ls exit:0", EDIT)).toEqual([]);
    expect(circlesIn(EDIT, FAIL, "edit b.ts error")).toEqual([]);
  });
});

const STORY = `
  turn 0..9000
    step 0..1000 prompt:9 out:1
      skill 100..200 on:tests
    step 1000..2000 prompt:9 out:1
      edit a.ts 1100..1200 error
    step 2000..3000 prompt:9 out:1
      edit a.ts 2100..2200
    step 3000..4000 prompt:9 out:1
      task 3100..3900 on:look
        subagent 3200..3800
          step 3200..3450 prompt:9 out:1
            webfetch 3300..3400 on:x same:d error
          step 3450..3800 prompt:9 out:1
            webfetch 3500..3600 on:x same:d
  turn 20000..29000
    step 20000..21000 prompt:9 out:1
      edit a.ts 20100..20200`;

test("circles are counted by skill, by turn with its subagents, and by tool, with the calls that show them", () => {
  const { iterations, spans } = analyze(sessionFromStory(STORY), "test");
  const shown = iterations.map(({ by, name, spanId, calls, failed, retries, recovered, isFlaky, spanIds }) => [
    ...[by, name, spanId !== null, calls, failed, retries, recovered, isFlaky],
    spanIds.map((id) => spans[id]?.name),
  ]);
  expect(shown).toEqual([
    ["skill", "tests", false, 5, 2, 2, 2, false, ["edit", "webfetch"]],
    ["turn", "turn", true, 6, 2, 2, 2, true, ["edit", "webfetch"]],
    ["tool", "edit", false, 3, 1, 1, 1, false, ["edit"]],
    ["tool", "webfetch", false, 2, 1, 1, 1, true, ["webfetch"]],
  ]);
});

test("a skill is flaky where some of its uses succeeded and some failed", () => {
  const use = (at: number, end: string) => `
  turn ${at}..${at + 9000}
    step ${at}..${at + 1000} prompt:9 out:1
      skill ${at + 100}..${at + 200} on:tests
    step ${at + 1000}..${at + 2000} prompt:9 out:1
      bash ${at + 1100}..${at + 1200} on:npm_test ${end}`;
  const flaky = (...ends: readonly string[]) => {
    const { iterations } = analyze(sessionFromStory(ends.map((end, i) => use(i * 20_000, end)).join("")), "test");
    return iterations.filter(({ by }) => by === "skill").map(({ name, isFlaky }) => [name, isFlaky]);
  };
  expect(flaky("passes", "fails")).toEqual([["tests", true]]);
  expect(flaky("fails", "fails")).toEqual([]);
});

test("a new turn is no retry of the one before", () => {
  const { iterations } = analyze(
    sessionFromStory(`
  turn 0..9
    step 0..9 prompt:9
      edit a.ts 1..2 error
  turn 20..29
    step 20..29 prompt:9
      edit a.ts 21..22`),
    "test",
  );
  expect(iterations).toEqual([]);
});

test("debug-auth tried one edit again, and that worked", async () => {
  const [session] = await loadRoots(recordedPath("1.18.34 debug-auth"));
  const { iterations } = analyze(session as NonNullable<typeof session>, "test");
  expect(
    iterations.map(({ by, name, retries, recovered, isFlaky }) => [by, name, retries, recovered, isFlaky]),
  ).toEqual([
    ["turn", expect.stringContaining("Can you fix it"), 1, 1, false],
    ["tool", "edit", 1, 1, false],
  ]);
});
