import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { ReportNote } from "../../src/model/report.js";
import { copyOf, EXAMPLE, temporaryFolder } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";
import { sessionflame } from "../support/in-process.js";

/** A copy of the example whose session ran in `directory`, and a line about it. */
function exampleIn(directory: string): { db: string; line: string } {
  const path = copyOf(EXAMPLE);
  const db = new Database(path);
  const { id } = db.prepare("SELECT id FROM session WHERE parent_id IS NULL").get() as { id: string };
  db.prepare("UPDATE session SET directory = ?").run(directory);
  db.close();
  return { db: path, line: JSON.stringify({ kind: "skill", name: "x", sessionId: id }) };
}

/** What the notes say of telemetry. */
async function saidOf(db: string, ...args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await sessionflame(["report", "--db", db, "--json", "--redact", "none", ...args]);
  if (stdout === "") throw new Error(stderr);
  const notes = JSON.parse(stdout).notes as ReportNote[];
  return notes.map(({ text }) => text).filter((text) => text.includes("telemetry"));
}

test("the files in the session's folder are read, unless nothing but the source is to be", async () => {
  const folder = temporaryFolder();
  const { db, line } = exampleIn(folder);
  expect(await saidOf(db)).toEqual([]);
  const project = folderWith({
    ".opencode/telemetry/a.jsonl": `${line}\n{\n`,
    ".opencode/telemetry/metrics.json": "[]",
  });
  const inProject = exampleIn(project).db;
  const path = join(project, ".opencode", "telemetry", "a.jsonl");
  expect(await saidOf(inProject)).toEqual([
    `2 telemetry files were read; 1 record in them is about this session: ${path}.`,
    `1 line of 1 telemetry file was skipped (line 2: it is no JSON object): ${path}.`,
  ]);
  expect(await saidOf(inProject, "--no-local")).toEqual([]);
});

test("--telemetry names a file or a folder to be read instead, with --no-local too", async () => {
  const { db, line } = exampleIn(folderWith({ ".opencode/telemetry/a.jsonl": "{}" }));
  const folder = folderWith({ "b.jsonl": line, "own.txt": `${line}\n${line}` });
  const read = (count: string, path: string) => [`1 telemetry file was read; ${count} about this session: ${path}.`];
  for (const more of [[], ["--no-local"]]) {
    expect(await saidOf(db, "--telemetry", folder, ...more)).toEqual(
      read("1 record in them is", join(folder, "b.jsonl")),
    );
    expect(await saidOf(db, "--telemetry", join(folder, "own.txt"), ...more)).toEqual(
      read("2 records in them are", join(folder, "own.txt")),
    );
  }
});

test.each([
  ["none.jsonl", 3, "no such file or folder: "],
  ["empty", 3, "no telemetry files in: "],
  ["cut.json", 4, "not usable as telemetry (not readable as JSON): "],
])("what --telemetry names in vain (%s) is said", async (name, exitCode, fact) => {
  const cwd = folderWith({ "empty/other.txt": "", "cut.json": "[" });
  const run = await sessionflame(["report", "--db", EXAMPLE, "--telemetry", name], { cwd });
  expect(run).toMatchObject({ exitCode, stdout: "" });
  expect(run.stderr.split("\n")).toEqual([
    `sessionflame: ${fact}${join(cwd, name)}`,
    "Name a telemetry file, or a folder with *.jsonl or metrics.json in it, with --telemetry PATH.",
    "",
  ]);
});

test("a Report that was written before takes none", async () => {
  const { exitCode, stderr } = await sessionflame(["report", "--from", "report.json", "--telemetry", "a.jsonl"]);
  expect([exitCode, stderr.split("\n")[0]]).toEqual([2, "sessionflame: two sources: --from and --telemetry"]);
});
