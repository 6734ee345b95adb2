import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { copyOf, EXAMPLE, recordedPath, SCENARIOS, temporaryFolder } from "../support/fixtures.js";
import { fileOf, printed, sessionflame } from "../support/in-process.js";

const OLD = packageFile("test", "fixtures", "reports");
const page = () => printed("demo");
const json = () => printed("demo", "--json");

/** A session of which no message was kept. */
function emptied(): string {
  const path = copyOf(EXAMPLE);
  const db = new Database(path);
  db.exec("DELETE FROM part; DELETE FROM message");
  db.close();
  return path;
}

describe("what went into a page comes out of it, and gives the same page", () => {
  test.each<[string, () => string[]]>([
    ["the example", () => [EXAMPLE]],
    ["subagents, and every row", () => [recordedPath("1.18.34 parallel-agents"), "--full-tables"]],
    ["a hostile session", () => [recordedPath("1.18.34 hostile")]],
    ["a crash, with the names of users", () => ["crash", "--db", SCENARIOS, "--redact", "none"]],
    ["a session without messages", () => [emptied()]],
    ["a time of making", () => [EXAMPLE, "--now", "2027-01-31T12:00:00+01:00"]],
  ])("%s", async (_, argsOf) => {
    const args = argsOf();
    const html = await printed("report", ...args, "--no-local");
    const report = await printed("report", ...args, "--no-local", "--json");
    const again = args.filter((arg) => arg === "--full-tables");
    expect((await printed("extract", fileOf(html))) === report).toBe(true);
    for (const from of [fileOf(html), fileOf(report)]) {
      expect((await printed("report", "--from", from, ...again)) === html).toBe(true);
      expect((await printed("report", "--from", from, "--json")) === report).toBe(true);
    }
  });

  test("also by way of standard input", async () => {
    const [html, report] = [await page(), await json()];
    const piped = async (text: string, ...args: string[]) => {
      const bytes = Buffer.from(text);
      const stdin = async function* () {
        for (let from = 0; from < bytes.length; from += 10_001) yield bytes.subarray(from, from + 10_001);
      };
      return (await sessionflame(args, { stdin })).stdout;
    };
    expect((await piped(html, "extract", "-")) === report).toBe(true);
    for (const text of [report, `\ufeff\n ${report}`, html])
      expect((await piped(text, "report", "--from", "-", "-o", "-")) === html).toBe(true);
  });

  test("extract -o writes a file, in a folder one named after the session", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "out"));
    const { stdout } = await sessionflame(["extract", fileOf(await page()), "-o", "out"], { cwd });
    expect(stdout).toBe(`${join(cwd, "out", "sessionflame-debug-auth-L0UEND.json")}\n`);
    expect(readFileSync(stdout.trim(), "utf8") === (await json())).toBe(true);
  });
});

describe("reports of earlier releases", () => {
  test.each(readdirSync(OLD))("%s is rendered without a hole", async (name) => {
    const html = await printed("report", "--from", join(OLD, name));
    const marked = html.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, "");
    const words = marked.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
    expect(words.includes("23.1 s of work in 35.7 s")).toBe(true);
    expect(/.{20}(undefined|\bNaN\b|\bnull\b|\[object).{20}/.exec(words)?.[0]).toBeUndefined();
    expect(/="[^"]*(undefined|NaN|Infinity)/.exec(marked)?.[0]).toBeUndefined();
    // Then it is one of this release.
    expect((await printed("report", "--from", fileOf(html))) === html).toBe(true);
  });

  test("where suggestions were not looked for, the page does not say that there are none", async () => {
    const html = await printed("report", "--from", join(OLD, "7-chart.json"));
    expect(html.includes("Not looked for")).toBe(true);
    expect(html.includes("Nothing worth changing") || html.includes("Looked into")).toBe(false);
  });

  test("where critical paths were not worked out, the page does not say that there are none", async () => {
    const html = await printed("report", "--from", join(OLD, "1-first.json"));
    expect(html.includes("Not worked out by the release that made this report.")).toBe(true);
    expect(html.includes("No turn with a time of its own")).toBe(false);
  });

  test("what is extracted is what the release wrote", async () => {
    for (const name of ["7-chart", "9-redaction"]) {
      const written = readFileSync(join(OLD, `${name}.json`), "utf8");
      expect((await printed("extract", join(OLD, `${name}.html`))) === written).toBe(true);
    }
  });
});

describe("--from takes a report as it is", () => {
  test.each([
    [["last"], "a session"],
    [["--db", "x.db"], "--db"],
    [["--server", "http://127.0.0.1:1"], "--server"],
    [["--source", "opencode-sqlite"], "--source"],
    [["--partial"], "--partial"],
    [["--config", "x.json"], "--config"],
  ])("beside %j it is a second source", async (args, named) => {
    const { exitCode, stderr } = await sessionflame(["report", "--from", "report.json", ...args]);
    expect([exitCode, stderr]).toEqual([2, `sessionflame: two sources: --from and ${named}\nName one of them.\n`]);
  });

  test("another level of redaction than its own is refused, looser or stricter", async () => {
    const bare = fileOf(await printed("report", EXAMPLE, "--no-local", "--redact", "none", "--json"));
    const refused = (from: string, level: string) =>
      sessionflame(["report", "--from", from, "--redact", level, "-o", "-"]);
    expect(await refused(fileOf(await json()), "none")).toMatchObject({
      ...{ exitCode: 2, stdout: "" },
      stderr:
        "sessionflame: the report was made with level paths of redaction, and --redact none cannot change that\nMake it anew from its session with --redact none, or leave --redact away.\n",
    });
    expect((await refused(bare, "paths")).exitCode).toBe(2);
    expect((await refused(join(OLD, "1-first.json"), "paths")).stderr).toContain("a level that it does not tell");
  });

  test("its own level may be named, and the default names none", async () => {
    const bare = fileOf(await printed("report", EXAMPLE, "--no-local", "--redact", "none", "--json"));
    const own = await printed("report", "--from", fileOf(await json()), "--redact", "paths");
    expect(own === (await page())).toBe(true);
    expect((await printed("report", "--from", bare)).includes("/home/dev/auth-app")).toBe(true);
  });
});
