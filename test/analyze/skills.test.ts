import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { NO_SHAPE } from "../../src/load/text-shape.js";
import type { SkillOnDisk, SkillRecord } from "../../src/model/session.js";
import { loadRoots, recordedPath } from "../support/fixtures.js";
import { sessionFromStory } from "../support/story-text.js";

const reportOf = (story: string) => analyze(sessionFromStory(story), "test");
const skillsOf = (story: string) => reportOf(story).skills;

const TWO = `
  turn 0..9000
    step 0..1000 prompt:100 out:10 cost:0.01
      skill 800..900 on:tests gives:50
    step 1000..2000 prompt:200 out:10 cost:0.02
      read a.ts 1500..1600
      bash 1700..1900 on:npm_test fails
    step 2000..3000 prompt:300 out:10 cost:0.03
      edit a.ts 2500..2600 error
      skill 2700..2800 on:notes gives:20
    step 3000..4000 prompt:400 out:10 cost:0.04
      bash 3500..3900 on:npm_test passes
  turn 20000..29000
    step 20000..21000 prompt:500 out:10 cost:0.05
      read b.ts 20500..20600`;

describe("what came after a skill", () => {
  test("reaches to the call of the next one, or to the turn's end", () => {
    const [notes, tests] = skillsOf(TWO);
    expect(tests?.uses[0]?.after).toEqual({
      ...{ steps: 2, toolCalls: 3, toolErrors: 1, ms: 2700 - 900, tokens: 520, costUsd: 0.05 },
    });
    expect(notes?.uses[0]?.after).toEqual({
      ...{ steps: 1, toolCalls: 1, toolErrors: 0, ms: 4000 - 2800, tokens: 410, costUsd: 0.04 },
    });
    expect(tests?.after).toEqual(tests?.uses[0]?.after);
  });

  test("succeeded where it ended without error and its last test or check passed", () => {
    const outcomes = skillsOf(TWO).map(({ name, uses: [use] }) => [name, use?.checks, use?.lastCheck, use?.success]);
    expect(outcomes).toEqual([
      ["notes", 1, "passed", true],
      ["tests", 1, "failed", false],
    ]);
  });

  test("counts what a subagent did in it", () => {
    const [skill] = skillsOf(`
      turn 0..9000
        step 0..1000 prompt:100 out:10
          skill 800..900 on:tests
        step 1000..5000 prompt:200 out:10
          task 1500..4900 on:look
            subagent 1600..4800
              step 1600..4800 prompt:1000 out:90
                read a.ts 2000..2100`);
    expect(skill?.after).toMatchObject({ steps: 2, toolCalls: 2, tokens: 210 + 1090 });
  });

  test("is shared by skills of one step", () => {
    const rows = skillsOf(`
      turn 0..9000
        step 0..1000 prompt:100 out:10
          skill 700..800 on:a
          skill 800..900 on:b
        step 1000..2000 prompt:200 out:10`);
    expect(rows.map(({ after }) => [after.steps, after.ms])).toEqual([
      [1, 1200],
      [1, 1100],
    ]);
  });
});

test("the same skill twice in one step is two uses, and the work after it is counted once", () => {
  const [skill] = skillsOf(`
    turn 0..9000
      step 0..1000 prompt:100 out:10
        skill 700..800 on:a
        skill 700..900 on:a
      step 1000..2000 prompt:200 out:10
        read a.ts 1500..1600`);
  expect(skill?.uses).toHaveLength(2);
  expect(skill?.after).toMatchObject({ steps: 1, toolCalls: 1, tokens: 210 });
});

test("a check beside the next skill is not held against the one before", () => {
  const outcomes = skillsOf(`
    turn 0..9000
      step 0..1000 prompt:100 out:10
        skill 700..800 on:first
      step 1000..2000 prompt:100 out:10
        bash 1500..1600 on:npm_test passes
      step 2000..3000 prompt:100 out:10
        skill 2500..2600 on:second
        bash 2700..2800 on:npm_test fails
      step 3000..4000 prompt:100 out:10`).map(({ name, uses: [use] }) => [name, use?.checks, use?.success]);
  expect(outcomes).toEqual([
    ["first", 1, true],
    ["second", 0, true],
  ]);
});

test.each([
  ["step 1000..2000 prompt:9 out:1", true],
  ["step 1000..2000 prompt:9 out:1\n      read a.ts 1500..1600 error", true],
  ["step 1000..2000 prompt:9 out:1 error:APIError error", false],
  ["step 1000..2000 prompt:9 out:1 aborted", false],
  ["step 1000..2000 prompt:9 out:1\n      bash 1500..1600 rejected", false],
  ["step 1000..2000 prompt:9 out:1 unfinished", null],
  ["step 1000..2000 prompt:9 out:1\n      bash 1500..1600 unfinished", null],
  [
    "step 1000..2000 prompt:9 out:1\n      bash 1500..1600 on:npm_test fails\n      bash 1700..1800 on:npm_test passes",
    true,
  ],
])("after a skill, %j: success is %s", (end, success) => {
  const [skill] = skillsOf(`  turn 0..9000\n    step 0..900 prompt:5 out:1\n      skill 800..850 on:tests\n    ${end}`);
  expect(skill?.uses[0]?.success).toBe(success);
  expect([skill?.succeeded, skill?.failed]).toEqual([Number(success === true), Number(success === false)]);
});

test("a skill that was not loaded did not succeed; after one that nothing came of, nobody knows", () => {
  const use = (words: string) =>
    skillsOf(`turn 0..9\n  step 0..9 prompt:5\n    skill 1..2 on:tests ${words}`)[0]?.uses[0];
  expect(use("error")).toMatchObject({ status: "error", success: false, durationMs: 1 });
  expect(use("unfinished")).toMatchObject({ status: "unfinished", success: null, durationMs: null });
  expect(use("")).toMatchObject({ status: "ok", success: null });
});

test("the most used skill stands first, with every use and how long loading it took", () => {
  const rows = skillsOf(`
    turn 0..9000
      step 0..1000 prompt:100 out:1
        skill 100..150 on:a
      step 1000..2000 prompt:100 out:1
        skill 1100..1120 on:b
      step 2000..3000 prompt:100 out:1
        tests_b 2100..2130 skill:b`);
  expect(rows.map(({ name, uses, durationMs }) => [name, uses.map(({ by }) => by), durationMs])).toEqual([
    ["b", ["skill-tool", "own-tool"], 50],
    ["a", ["skill-tool"], 50],
  ]);
  expect(rows[0]?.uses.map(({ at, callId }) => [at, callId])).toEqual([
    [1100, "c2"],
    [2100, "c3"],
  ]);
});

test("a skill that a user loads counts for the answers after it, also where those are of the next turn", () => {
  const session = sessionFromStory(`
    turn 0..10 asks:3
    turn 20..9000 asks:5
      step 20..1000 prompt:100 out:10`);
  const messages = session.messages.map((message, i) => (i === 0 ? { ...message, skill: "tests" } : message));
  const [skill] = analyze({ ...session, messages }, "test").skills;
  expect(skill).toMatchObject({ name: "tests", durationMs: null, after: { steps: 1, tokens: 110 }, succeeded: 1 });
  expect(skill?.uses).toEqual([expect.objectContaining({ by: "user", spanId: null, messageId: "m1", at: 0 })]);
  expect(skill?.contentTokens).toBeGreaterThan(0); // its text stood in the message
});

test("what a user loads in the middle of a run ends only what the skill just before began", () => {
  const session = sessionFromStory(`
    turn 0..9000 asks:3
      step 0..1000 prompt:100 out:10
        skill 100..200 on:a
      step 1000..2000 prompt:100 out:10
        skill 1100..1200 on:b
      step 2000..3000 prompt:100 out:10
      step 3000..4000 prompt:100 out:10
    turn 2500..2600 asks:3`);
  const messages = session.messages.map((message) =>
    message.createdAt === 2500 ? { ...message, skill: "c" } : message,
  );
  const steps = analyze({ ...session, messages }, "test").skills.map(({ name, after }) => [name, after.steps]);
  expect(steps).toEqual([
    ["a", 1],
    ["b", 1],
    ["c", 1],
  ]);
});

test("its content is what its calls gave back, and what later prompts carried of it", () => {
  const [skill] = skillsOf(`
    turn 0..9000
      step 0..1000 prompt:1000 out:10
        skill 800..900 on:tests gives:50
      step 1000..2000 prompt:1100 out:10
        read a.ts 1500..1600 gives:10
      step 2000..3000 prompt:1200 out:10`);
  expect(skill?.contentTokens).toBeGreaterThan(50);
  expect(skill?.carriedTokens).toBe((skill?.contentTokens ?? 0) * 2);
});

const onDisk = (name: string, description: string | null = null): SkillOnDisk => ({
  ...{ name, description, folder: `/s/${name}`, shape: NO_SHAPE },
});

describe("skills on this machine", () => {
  const withSkills = (skills: readonly SkillOnDisk[] | null) => {
    const local = { contextLimits: {}, mcpServers: null, skills, files: [] };
    return analyze({ ...sessionFromStory(TWO), local }, "test");
  };

  test("that were not used are named", () => {
    const { unusedSkills } = withSkills([onDisk("tests"), onDisk("release-notes", "How they are written")]);
    expect(unusedSkills).toEqual([
      { name: "release-notes", description: "How they are written", folder: "/s/release-notes" },
    ]);
  });

  test("are unknown where nobody looked, not none", () => {
    expect(withSkills(null).unusedSkills).toBeNull();
    expect(reportOf(TWO).unusedSkills).toBeNull();
    expect(withSkills([]).unusedSkills).toEqual([]);
  });

  test("say what a used one is for, and where it lies", () => {
    const [, tests] = withSkills([onDisk("tests", "How to test")]).skills;
    expect(tests).toMatchObject({ description: "How to test", folder: "/s/tests" });
  });
});

test("what a telemetry file tells of a skill is added up; what no record says is not known", () => {
  const record: SkillRecord = {
    ...{ kind: "skill", at: 0, sessionId: null, messageId: null, callId: null, name: "tests", tokens: 100 },
    ...{ durationMs: null, success: true, retries: 1, verificationAttempts: null },
    ...{ maxIterationsReached: true, escalated: false },
  };
  const other = { ...record, tokens: null, success: false, retries: 2, maxIterationsReached: false };
  const telemetry = [record, other, { ...record, name: "unheard-of", success: null }];
  const { skills, iterations } = analyze({ ...sessionFromStory(TWO), telemetry }, "test");
  expect(skills.map(({ name, uses, metrics }) => [name, uses.length, metrics?.records ?? null])).toEqual([
    ["notes", 1, null],
    ["tests", 1, 2],
    ["unheard-of", 0, 1],
  ]);
  expect(skills[1]?.metrics).toEqual({
    ...{ records: 2, tokens: 100, durationMs: null, succeeded: 1, failed: 1, retries: 3 },
    ...{ verificationAttempts: null, maxIterationsReached: 1, escalated: 0 },
  });
  const reached = iterations.flatMap((row) =>
    row.maxIterationsReached === null ? [] : [[row.name, row.maxIterationsReached]],
  );
  expect(reached).toEqual([
    ["tests", 1],
    ["unheard-of", 1],
  ]);
});

test.each(["1.1.65 debug-auth storage", "1.2.1 debug-auth", "1.18.34 debug-auth", "2.0-preview debug-auth"])(
  "%s used one skill once",
  async (name) => {
    const [session] = await loadRoots(recordedPath(name));
    const { skills } = analyze(session as NonNullable<typeof session>, "test");
    expect(skills).toEqual([
      expect.objectContaining({
        name: "code-agent",
        folder: "/home/dev/auth-app/.opencode/skills/code-agent",
        succeeded: 1,
      }),
    ]);
    expect(skills[0]?.uses).toEqual([expect.objectContaining({ by: "skill-tool", status: "ok", success: true })]);
    expect(skills[0]?.uses[0]?.durationMs).toBeGreaterThan(0);
    expect(skills[0]?.carriedTokens).toBeGreaterThan(skills[0]?.contentTokens ?? 0);
  },
);
