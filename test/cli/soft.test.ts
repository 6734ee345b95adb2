import { spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { EXAMPLE, temporaryFolder } from "../support/fixtures.js";
import { fileOf, sessionflame } from "../support/in-process.js";

describe("with --soft, what goes wrong is a warning", () => {
  test.each<[string, () => string[], number]>([
    ["no such session", () => ["report", "ses_none", "--db", EXAMPLE], 3],
    ["no database", () => ["report"], 3],
    ["a broken database", () => ["report", "--db", fileOf("SQLite format 3\0 and then nothing")], 4],
    ["a page that carries nothing", () => ["report", "--from", fileOf("<html>")], 4],
    ["an output that cannot be written", () => ["report", EXAMPLE, "-o", "/no/such/folder/a.html"], 5],
    ["the example, an output that cannot be written", () => ["demo", "-o", "/no/such/folder/a.html"], 5],
    ["two sources", () => ["report", "--from", "a", "--db", "b"], 2],
  ])("%s", async (_, argsOf, exitCode) => {
    const args = argsOf();
    const hard = await sessionflame(args);
    const soft = await sessionflame([...args, "--soft"], { cwd: hard.cwd, env: { OPENCODE_TEST_HOME: hard.cwd } });
    expect([hard.exitCode, soft.exitCode, soft.stdout]).toEqual([exitCode, 0, ""]);
    expect(soft.stderr).toBe(hard.stderr.replace("sessionflame: ", "sessionflame: warning: "));
    expect(soft.stderr.trimEnd().split("\n")).toHaveLength(2);
  });

  test.each([
    [["--soft", "--format", "pdf"], "option '--format <format>' argument 'pdf' is invalid"],
    [["--format", "pdf", "--soft"], "option '--format <format>' argument 'pdf' is invalid"],
    [["--soft", "--nonsense"], "unknown option '--nonsense'"],
    [["--soft", "--now", "noon"], "option '--now <time>' argument 'noon' is invalid"],
  ])("wrong options: %j", async (args, fact) => {
    const { exitCode, stdout, stderr } = await sessionflame(["report", ...args]);
    expect([exitCode, stdout]).toEqual([0, ""]);
    expect(stderr.startsWith(`sessionflame: warning: ${fact}`)).toBe(true);
  });

  test("a defect of ours", async () => {
    const broken = {
      now: () => {
        throw new TypeError("no clock");
      },
    };
    const { exitCode, stderr } = await sessionflame(["report", EXAMPLE, "--soft"], broken);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^sessionflame: warning: internal error: no clock\nThis is a defect of sessionflame/);
    expect((await sessionflame(["report", EXAMPLE], broken)).exitCode).toBe(70);
  });
});

test("what goes well is said as ever", async () => {
  const [soft, hard] = [await sessionflame(["demo", "--json", "--soft"]), await sessionflame(["demo", "--json"])];
  expect(soft).toMatchObject({ exitCode: 0, stderr: "" });
  expect(soft.stdout === hard.stdout).toBe(true);
});

test("only what writes a report can be told to fail softly", async () => {
  for (const args of [["list", "--soft"], ["extract", "x", "--soft"], ["--soft"], ["report", "--", "--soft"]])
    expect((await sessionflame(args)).exitCode).toBeGreaterThan(1);
});

test.skipIf(process.platform !== "linux")("a disk that is full under standard output is no crash", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [packageFile("dist", "cli.js"), "demo", "-o", "-", ...args], {
      cwd: temporaryFolder(),
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
      encoding: "utf8",
    });
  expect(run()).toMatchObject({
    status: 5,
    stderr: "sessionflame: cannot write to standard output: ENOSPC\nName a file with -o FILE.\n",
  });
  expect(run("--soft")).toMatchObject({
    status: 0,
    stderr: "sessionflame: warning: cannot write to standard output: ENOSPC\nName a file with -o FILE.\n",
  });
});
