import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { copyOf, EXAMPLE, temporaryFolder } from "../support/fixtures.js";
import { runCli } from "../support/run-cli.js";

describe("--format", () => {
  test("markdown goes to standard output, or to a file that ends in .md", () => {
    const { exitCode, stdout, stderr } = runCli(["report", EXAMPLE, "--format", "markdown"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^<!-- sessionflame -->\n\n## Debug Auth\n/);
    const cwd = temporaryFolder();
    expect(runCli(["report", EXAMPLE, "--format", "markdown", "-o", "."], { cwd }).exitCode).toBe(0);
    expect(readdirSync(cwd)).toEqual(["sessionflame-debug-auth-L0UEND.md"]);
    expect(readFileSync(join(cwd, "sessionflame-debug-auth-L0UEND.md"), "utf8")).toBe(stdout);
  });

  test("svg is a file that ends in .svg", () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout } = runCli(["report", EXAMPLE, "--format", "svg"], { cwd });
    expect([exitCode, stdout]).toEqual([0, `${join(cwd, "sessionflame-debug-auth-L0UEND.svg")}\n`]);
    expect(readFileSync(stdout.trim(), "utf8")).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  });
});

describe("--step-summary", () => {
  const appended = (before: string) => {
    const path = join(temporaryFolder(), "summary.md");
    writeFileSync(path, before);
    const run = runCli(["report", EXAMPLE, "--step-summary", "-o", "report.html"], {
      env: { GITHUB_STEP_SUMMARY: path },
    });
    return { ...run, path, after: readFileSync(path, "utf8") };
  };
  const markdown = () => runCli(["report", EXAMPLE, "--format", "markdown"]).stdout;

  test("adds the Markdown to the step's summary, and the report is written as well", () => {
    const { exitCode, stdout, after } = appended("");
    expect(exitCode).toBe(0);
    expect(readFileSync(stdout.trim(), "utf8")).toMatch(/^<!doctype html>/);
    expect(after).toBe(markdown());
  });

  test.each([
    ["words\n", "words\n\n"],
    ["words", "words\n\n"],
  ])("behind %j it begins after an empty line", (before, kept) => {
    expect(appended(before).after).toBe(kept + markdown());
  });

  test("a file that is not there yet is made", () => {
    const path = join(temporaryFolder(), "summary.md");
    runCli(["report", EXAMPLE, "--step-summary", "--format", "json"], { env: { GITHUB_STEP_SUMMARY: path } });
    expect(readFileSync(path, "utf8")).toBe(markdown());
  });

  test("what GitHub would refuse as a whole is not added to, and that is said", () => {
    const full = `${"x".repeat(1_048_576 - 100)}\n`;
    const { exitCode, after, stderr } = appended(full);
    expect(exitCode).toBe(0);
    expect(after).toBe(full);
    expect(stderr).toContain("more than GitHub takes: nothing was added to it");
  });

  test("a summary is filled to the last byte", () => {
    const text = markdown();
    const before = `${"x".repeat(1_048_576 - Buffer.byteLength(text) - 2)}\n`;
    expect(Buffer.byteLength(appended(before).after)).toBe(1_048_576);
  });

  test.each([{}, { GITHUB_STEP_SUMMARY: "" }])(
    "without the variable it is wrong usage, and nothing is written",
    (env) => {
      const cwd = temporaryFolder();
      const { exitCode, stdout, stderr } = runCli(["report", EXAMPLE, "--step-summary"], { cwd, env });
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^sessionflame: --step-summary: \$GITHUB_STEP_SUMMARY is not set\n.+\n$/);
      expect(readdirSync(cwd)).toEqual([]);
    },
  );

  // Elsewhere there is no file that is without end and can be written to.
  test.runIf(process.platform === "linux")("a summary that goes to a device is not read before", () => {
    const { exitCode, stderr } = runCli(["report", EXAMPLE, "--step-summary"], {
      cwd: temporaryFolder(),
      env: { GITHUB_STEP_SUMMARY: "/dev/full" },
    });
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining("cannot write /dev/full: ENOSPC")]);
  });

  test("a summary that cannot be written, or that holds sessions, is a failure", () => {
    const folder = temporaryFolder();
    const database = copyOf(EXAMPLE);
    const bytes = readFileSync(database);
    for (const path of [folder, database]) {
      const { exitCode } = runCli(["report", EXAMPLE, "--step-summary"], { env: { GITHUB_STEP_SUMMARY: path } });
      expect(exitCode).toBe(5);
    }
    expect(readFileSync(database).equals(bytes)).toBe(true);
  });
});
