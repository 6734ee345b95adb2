import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { recordedSkillCalls, type SessionSkills, skillTotals } from "../../src/analyze/skills-overview.js";
import { sessionFromStory } from "../support/story-text.js";

const WEEK_MS = 7 * 86_400_000;
const [THURSDAY, MONDAY] = [0, 4 * 86_400_000];

/** A session in a folder that used skills, one use a step, from some time on. */
function used(directory: string, startedAt: number, names: readonly string[], isCopy = false): SessionSkills {
  const steps = names.map((name, i) => {
    const check = name === "flop" ? "\n    bash 650..660 on:npm_test fails" : "";
    return `  step ${i}000..${i}900 prompt:100 out:10 cost:0.01\n    skill ${i}100..${i}150 on:${name} gives:9${check}`;
  });
  const story = [
    "turn 0..90000",
    ...steps,
    `  step ${names.length}000..${names.length}900 prompt:100 out:10 cost:0.01`,
  ];
  const session = sessionFromStory(story.join("\n"));
  const { skills } = analyze(session, "test");
  const later = skills.map((row) => ({ ...row, uses: row.uses.map((use) => ({ ...use, at: use.at + startedAt })) }));
  const id = `${directory}-${startedAt}`;
  return {
    session: { id, title: id, directory: directory.replace(/^\/home\/\w+/, "~"), startedAt },
    folder: directory,
    skills: later,
    recordedCalls: recordedSkillCalls(session),
    isCopy,
  };
}

const ALL = [
  used("/p", THURSDAY, ["a", "b", "a"]),
  used("/q", MONDAY, ["b"]),
  used("/p", MONDAY + WEEK_MS, ["a"]),
  used("/p", MONDAY + WEEK_MS + 1, ["a", "c"], true),
  used("/r", MONDAY, []),
];

test("skills are counted over sessions, the most used first; a copy counts nothing", () => {
  const { skills } = skillTotals(ALL);
  expect(
    skills.map(({ name, uses, sessions, projects, recordedCalls }) => [name, uses, sessions, projects, recordedCalls]),
  ).toEqual([
    ["a", 3, 2, 1, 4],
    ["b", 2, 2, 2, 2],
    ["c", 0, 0, 0, 1],
  ]);
  expect(skills[0]).toMatchObject({ firstAt: 100, lastAt: MONDAY + WEEK_MS + 100, durationMs: 150, succeeded: 3 });
  expect(skills[0]?.after).toMatchObject({ steps: 3, tokens: 330, costUsd: 0.03 });
});

test("projects and sessions say which skills they used", () => {
  const { projects, sessions } = skillTotals(ALL);
  expect(projects).toEqual([
    {
      directory: "/p",
      sessions: 2,
      uses: 4,
      skills: [
        { name: "a", uses: 3 },
        { name: "b", uses: 1 },
      ],
    },
    { directory: "/q", sessions: 1, uses: 1, skills: [{ name: "b", uses: 1 }] },
  ]);
  expect(sessions.map(({ id, uses }) => [id, uses])).toEqual([
    [`/p-${MONDAY + WEEK_MS}`, 1],
    [`/q-${MONDAY}`, 1],
    ["/p-0", 3],
  ]);
});

test("folders that look alike after redaction stay several projects", () => {
  const { projects, skills } = skillTotals([used("/home/a/app", 0, ["a"]), used("/home/b/app", 1, ["a"])]);
  expect(projects.map(({ directory, uses }) => [directory, uses])).toEqual([
    ["~/app", 1],
    ["~/app (2)", 1],
  ]);
  expect(skills[0]?.projects).toBe(2);
});

test("weeks begin on Monday, the newest first", () => {
  const weeks = skillTotals(ALL).weeks.map(({ startsAt, name, uses, succeeded }) => [startsAt, name, uses, succeeded]);
  expect(weeks).toEqual([
    [MONDAY + WEEK_MS, "a", 1, 1],
    [MONDAY, "b", 1, 1],
    [MONDAY - WEEK_MS, "a", 2, 2],
    [MONDAY - WEEK_MS, "b", 1, 1],
  ]);
});

test("every use says when it was and in which session, the newest first", () => {
  const uses = skillTotals(ALL).uses.map(({ name, at, sessionId, by }) => [name, at, sessionId, by]);
  expect(uses.slice(0, 2)).toEqual([
    ["a", MONDAY + WEEK_MS + 100, `/p-${MONDAY + WEEK_MS}`, "skill-tool"],
    ["b", MONDAY + 100, `/q-${MONDAY}`, "skill-tool"],
  ]);
  expect(uses).toHaveLength(5);
});

test("a cost that is not known of one session is not known of all", () => {
  const [first] = ALL as [SessionSkills];
  const unpriced = { ...first, skills: first.skills.map((row) => ({ ...row, costUsd: null })) };
  expect(skillTotals([...ALL, unpriced]).skills[0]?.costUsd).toBeNull();
});

test("without sessions there is nothing", () => {
  expect(skillTotals([])).toEqual({ skills: [], projects: [], sessions: [], uses: [], weeks: [] });
});
