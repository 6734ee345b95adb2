import { linkSync, readdirSync, readFileSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EXAMPLE, recordedPath, SCENARIOS } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";
import { printed, sessionflame } from "../support/in-process.js";
import { EVERY_LINE } from "../support/recording-lines.js";

const OTHER = recordedPath("1.14.41 debug-auth");

/** A folder with reports, and other files that commands are given to read. */
async function keptFiles(): Promise<string> {
  return folderWith({
    "a.html": await printed("report", EXAMPLE, "--no-local"),
    "group/a.json": await printed("report", EXAMPLE, "--no-local", "--json"),
    "two.html": await printed("report", "arch", "crash", "--db", SCENARIOS, "--no-local"),
    "sessionflame.config.json": { budgets: { maxWall: "1h", baseline: "group/a.json", maxRegression: "1%" } },
    "told.jsonl": { kind: "skill", name: "x" },
    "recorded.jsonl": EVERY_LINE[0],
  });
}

const bytesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "utf8")]);

test.each<[written: string, args: readonly string[]]>([
  ["a.html", ["report", "--from", "a.html", "--format", "svg"]],
  ["two.html", ["report", "--from", "two.html", "--json"]],
  ["a.html", ["extract", "a.html"]],
  ["two.html", ["extract", "two.html"]],
  ["a.html", ["check", "--from", "a.html", "--max-wall", "1h"]],
  ["group/a.json", ["check", EXAMPLE, "--baseline", "group/a.json", "--max-regression", "1%"]],
  ["group/a.json", ["check", EXAMPLE]],
  ["a.html", ["compare", "a.html", OTHER, "--format", "markdown"]],
  ["group/a.json", ["compare", OTHER, "group", "--json"]],
  ["a.html", ["compare", `${OTHER},a.html`, "group"]],
  ["told.jsonl", ["report", EXAMPLE, "--telemetry", "told.jsonl"]],
  ["recorded.jsonl", ["report", "--all", "--db", SCENARIOS, "--recording", "recorded.jsonl"]],
  ["told.jsonl", ["skills", EXAMPLE, "--telemetry", "told.jsonl"]],
])("%s is not written over by %j, which reads it", async (written, args) => {
  const cwd = await keptFiles();
  const before = bytesIn(cwd);
  const { exitCode, stdout, stderr } = await sessionflame([...args, "-o", written], { cwd });
  expect(stderr).toBe(
    `sessionflame: will not overwrite what is read: ${join(cwd, written)}\nName another file with -o FILE.\n`,
  );
  expect([exitCode, stdout]).toEqual([5, ""]);
  expect(bytesIn(cwd)).toEqual(before);
});

test("nor is what a link of either kind leads to, on either side", async () => {
  const cwd = await keptFiles();
  symlinkSync("a.html", join(cwd, "symbolic.html"));
  linkSync(join(cwd, "a.html"), join(cwd, "hard.html"));
  const names = ["a.html", "symbolic.html", "hard.html"];
  for (const from of names)
    for (const target of names) {
      const { exitCode } = await sessionflame(["report", "--from", from, "-o", target], { cwd });
      expect([from, target, exitCode]).toEqual([from, target, 5]);
    }
});

test("a report that was kept from an earlier time is written anew", async () => {
  const cwd = await keptFiles();
  const made = await sessionflame(["report", "--from", "group/a.json", "--full-tables", "-o", "a.html"], { cwd });
  expect(made).toMatchObject({ exitCode: 0, stdout: `${join(cwd, "a.html")}\n` });
  unlinkSync(join(cwd, "two.html"));
  expect(await sessionflame(["extract", "a.html", "-o", "two.html"], { cwd })).toMatchObject({ exitCode: 0 });
});
