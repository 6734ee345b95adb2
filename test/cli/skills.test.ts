import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import type { SkillsOverview } from "../../src/model/skills-overview.js";
import { copyOf, EXAMPLE, RECORDED, recordedPath, SCENARIOS, temporaryFolder } from "../support/fixtures.js";
import { sessionflame } from "../support/in-process.js";

const run = (...args: readonly string[]) => sessionflame(["skills", ...args]);
const overview = async (...args: readonly string[]): Promise<SkillsOverview> =>
  JSON.parse((await run("--json", ...args)).stdout);
const counts = async (...args: readonly string[]) =>
  Object.fromEntries((await overview(...args)).skills.map(({ name, recordedCalls }) => [name, recordedCalls]));

const NO_SKILLS = recordedPath("1.18.34 hostile");

/** How often each skill was called, straight from the tables: by name, over all sessions. */
const BY_NAME = `SELECT json_extract(p.data, '$.state.input.name') AS name, count(*) AS calls
  FROM part p JOIN message m ON p.message_id = m.id
  WHERE json_valid(p.data) = 1 AND json_extract(p.data, '$.tool') = 'skill' GROUP BY name ORDER BY calls DESC`;
/** The calls of one session, without its subagents. */
const OF_SESSION = `SELECT count(*) FROM part p JOIN message m ON p.message_id = m.id WHERE m.session_id = ?
  AND json_valid(p.data) = 1 AND json_extract(p.data, '$.tool') = 'skill'`;

describe("skills in a database are counted as its tables have them", () => {
  const databases = RECORDED.filter(({ kind, generation }) => kind === "database" && generation === 1);

  test.each(databases)("over all sessions: $name", async ({ path }) => {
    const db = new Database(copyOf(path), { readonly: true });
    const rows = db.prepare(BY_NAME).all() as { name: string; calls: number }[];
    db.close();
    expect(await counts("--db", path)).toEqual(Object.fromEntries(rows.map(({ name, calls }) => [name, calls])));
  });

  test("session by session", async () => {
    const db = new Database(copyOf(SCENARIOS), { readonly: true });
    const roots = db.prepare("SELECT id FROM session WHERE parent_id IS NULL").pluck().all() as string[];
    const asked = roots.map((id) => [id, db.prepare(OF_SESSION).pluck().get(id)]);
    db.close();
    const told = await Promise.all(roots.map(async (id) => [id, (await counts(id, "--db", SCENARIOS)).demo ?? 0]));
    expect(told).toEqual(asked);
    expect(told.filter(([, calls]) => calls === 1)).toHaveLength(3);
  });
});

test("what forks and imports copied is a use once", async () => {
  const { skills, scope } = await overview("--db", SCENARIOS);
  expect(skills.map(({ name, uses, sessions, recordedCalls }) => [name, uses, sessions, recordedCalls])).toEqual([
    ["demo", 1, 1, 3],
  ]);
  expect([scope.sessions, scope.copies]).toEqual([10, 2]);
});

test("at strict every figure is as without it, and pseudonyms stand for the same things in all sessions", async () => {
  const plain = await overview("--db", SCENARIOS, "--project", "/");
  const strict = await overview("--db", SCENARIOS, "--project", "/", "--redact", "strict");
  const namesOf = ({ skills, projects, sessions, uses, weeks }: SkillsOverview) =>
    [skills, sessions.flatMap((session) => session.skills), uses, weeks, projects.flatMap((one) => one.skills)].map(
      (rows) => rows.map(({ name }) => name),
    );
  expect(namesOf(strict)).toEqual(namesOf(plain).map((names) => names.map(() => "skill-1")));
  const figuresOf = (value: unknown) => JSON.stringify(value, (_, each) => (typeof each === "string" ? "" : each));
  expect(figuresOf(strict)).toBe(figuresOf(plain));
  const folders = new Set([...strict.projects, ...strict.sessions].map(({ directory }) => directory));
  expect([...folders].every((folder) => /^(?:~|…)?(?:\/folder-\d+)+$/.test(folder))).toBe(true);
  expect(strict.projects.map(({ directory }) => directory)).toContain(strict.sessions[0]?.directory);
});

describe("one session", () => {
  test("debug-auth used one skill once, and it was completed", async () => {
    const { skills, uses, scope } = await overview("last", "--db", EXAMPLE);
    expect(scope).toMatchObject({ sessionId: expect.stringMatching(/^ses_/), sessions: 1, copies: 0 });
    expect(skills.map(({ name, uses: times }) => [name, times])).toEqual([["code-agent", 1]]);
    expect(uses).toEqual([
      expect.objectContaining({ name: "code-agent", status: "ok", durationMs: 28, success: true }),
    ]);
  });

  test("is printed with each use", async () => {
    const { stdout, stderr } = await run("last", "--db", EXAMPLE);
    expect(stdout).toMatch(/^SKILL .*\ncode-agent +1 +1 +1 of 1 +28 ms/);
    expect(stdout).toMatch(/\n20 Nov 2026, 15:34 UTC +code-agent +skill tool +ok +28 ms .*succeeded\n/);
    expect(stderr).toContain("Looked at: one session.\nWhich skills were never used is not known:");
  });

  test("is not chosen by days or a project", async () => {
    for (const option of [
      ["--days", "3"],
      ["--project", "."],
    ])
      expect(await run("last", "--db", EXAMPLE, ...option)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(`a session and ${option[0]}`),
      });
  });

  test("that is not there is one clear line", async () => {
    expect(await run("nobody", "--db", EXAMPLE)).toMatchObject({ exitCode: 3, stdout: "" });
  });
});

describe("skills that are there", () => {
  /** The example with its project in a folder of this machine, and the two skills that it had. */
  function exampleWithProject(): { readonly db: string; readonly project: string } {
    const project = join(temporaryFolder(), "auth-app");
    for (const name of ["code-agent", "release-notes"]) {
      mkdirSync(join(project, ".opencode", "skills", name), { recursive: true });
      mkdirSync(join(project, ".git"), { recursive: true });
      const head = `---\nname: ${name}\ndescription: What ${name} is for\n---\n`;
      writeFileSync(join(project, ".opencode", "skills", name, "SKILL.md"), head);
    }
    const db = copyOf(EXAMPLE);
    const writable = new Database(db);
    writable.prepare("UPDATE session SET directory = ?").run(project);
    writable.close();
    return { db, project };
  }

  test("and were not used are named; in the report too", async () => {
    const { db } = exampleWithProject();
    const env = { OPENCODE_TEST_HOME: temporaryFolder() };
    for (const args of [["skills"], ["skills", "last"], ["report"]]) {
      const { stdout } = await sessionflame([...args, "--db", db, "--json"], { env });
      const { unusedSkills, skills } = JSON.parse(stdout) as SkillsOverview;
      expect(unusedSkills?.map(({ name, description }) => [name, description])).toEqual([
        ["release-notes", "What release-notes is for"],
      ]);
      expect(skills[0]?.description).toBe("What code-agent is for");
    }
  });

  test("are not looked for with --no-local, or from another machine: then they are unknown, never none", async () => {
    const { db } = exampleWithProject();
    for (const args of [
      ["--db", db, "--no-local"],
      ["--db", EXAMPLE],
    ]) {
      expect(await overview(...args)).toMatchObject({ unusedSkills: null, scope: { folders: 1, unknownFolders: 1 } });
    }
  });

  test("have at strict one pseudonym in all sessions, used or not", async () => {
    const { db, project } = exampleWithProject();
    const skills = join(project, ".opencode", "skills");
    cpSync(join(skills, "release-notes"), join(skills, "a-first"), { recursive: true });
    writeFileSync(
      join(skills, "a-first", "SKILL.md"),
      "---\nname: a-first\ndescription: Comes before all others\n---\n",
    );
    for (const args of [[], ["last"]]) {
      const strict = await overview(...args, "--db", db, "--redact", "strict");
      expect(strict.skills.map(({ name, uses }) => [name, uses])).toEqual([["skill-1", 1]]);
      expect(strict.unusedSkills?.map(({ name }) => name)).toEqual(["skill-2", "skill-3"]);
      expect(JSON.stringify(strict)).not.toMatch(/code-agent|release-notes|a-first|auth-app/);
    }
  });

  test("lose what they are for at content, as sessions their titles", async () => {
    const { db } = exampleWithProject();
    const { unusedSkills, skills, sessions } = await overview("--db", db, "--redact", "content");
    expect([unusedSkills?.[0]?.description, skills[0]?.description]).toEqual([null, null]);
    expect(sessions[0]?.title).toMatch(/^Session \w{6}$/);
  });
});

test("what telemetry files in the sessions' folders say stands beside it", async () => {
  const project = temporaryFolder();
  const db = copyOf(EXAMPLE);
  const writable = new Database(db);
  writable.prepare("UPDATE session SET directory = ?").run(project);
  const [sessionId] = writable.prepare("SELECT id FROM session").pluck().all();
  writable.close();
  mkdirSync(join(project, ".opencode", "telemetry"), { recursive: true });
  const line = { kind: "skill", name: "code-agent", sessionId, tokens: 1_234, success: true, retries: 2 };
  writeFileSync(join(project, ".opencode", "telemetry", "own.jsonl"), JSON.stringify(line));
  expect((await run("--db", db)).stdout).toMatch(/\nFROM TELEMETRY .*\ncode-agent +1 +1 of 1 +1,234 +– +2 +–/);
  expect((await run("--db", db, "--no-local")).stdout).not.toContain("TELEMETRY");
});

test("a session that used no skill is shown with what telemetry says of it, also from a file that is named", async () => {
  const told = join(temporaryFolder(), "told.jsonl");
  const [{ id: sessionId }] = JSON.parse((await sessionflame(["list", "--json", "--db", NO_SKILLS])).stdout);
  writeFileSync(told, JSON.stringify({ kind: "skill", name: "told-only", sessionId, success: true }));
  const { skills } = await overview("--db", NO_SKILLS, "--telemetry", told);
  expect(skills.map(({ name, uses, costUsd, metrics }) => [name, uses, costUsd, metrics?.records])).toEqual([
    ["told-only", 0, null, 1],
  ]);
  expect((await overview("--db", NO_SKILLS)).skills).toEqual([]);
});

test("where no skill lies, none is said to have been used", async () => {
  const db = copyOf(NO_SKILLS);
  const writable = new Database(db);
  writable.prepare("UPDATE session SET directory = ?").run(temporaryFolder());
  writable.close();
  expect((await run("--db", db)).stderr).toContain("No skill lies where the agent looks for them.");
});

test("a project and a number of days choose sessions, which a path names all", async () => {
  expect((await overview("--db", EXAMPLE, "--project", "/home/dev")).scope).toMatchObject({
    sessions: 1,
    project: "~",
  });
  expect((await overview("--db", EXAMPLE, "--days", "60")).scope).toMatchObject({ sessions: 1, days: 60 });
  expect(await overview("--db", EXAMPLE, "--days", "0")).toMatchObject({ skills: [], scope: { sessions: 0 } });
  expect((await run("--db", EXAMPLE, "--project", "/elsewhere")).exitCode).toBe(3);
  expect((await overview(SCENARIOS)).scope.sessions).toBe(10);
});

test("a page is a file of its own", async () => {
  const folder = temporaryFolder();
  const { stdout } = await run("--db", EXAMPLE, "--format", "html", "-o", folder);
  expect(stdout).toBe(`${join(folder, "sessionflame-skills.html")}\n`);
  const { document } = new JSDOM(readFileSync(stdout.trim(), "utf8")).window;
  expect(document.querySelector(".answer")?.textContent).toMatch(/^1 skill was used once/);
});

test.each(RECORDED.filter(({ scenario }) => scenario === "debug-auth"))(
  "$name tells of its skills",
  async ({ path, version }) => {
    // 1.0 had no such tool: the call failed.
    const expected = version === "1.0.185" ? [] : ["code-agent"];
    expect((await overview("--db", path)).skills.map(({ name }) => name)).toEqual(expected);
  },
);

test("where no skill was used, that is said", async () => {
  const { stdout, stderr } = await run("--db", NO_SKILLS);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^No skill was used\. Looked at: 1 session\.\n/);
});
