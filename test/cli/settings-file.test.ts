import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.js";
import { EXAMPLE, temporaryFolder } from "../support/fixtures.js";
import { runCli } from "../support/run-cli.js";

const OFF = '{"thresholds": {"sequential-reads": false}}';

/** What is suggested for the example from a folder with settings, or below it. */
function rulesIn(cwd: string, ...args: readonly string[]): string[] {
  const { stdout } = runCli(["report", "--db", EXAMPLE, "--json", ...args], { cwd });
  return (JSON.parse(stdout) as Report).suggestions.map(({ rule }) => rule);
}

function folderWith(settings: string, name = "sessionflame.config.json"): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), settings);
  return folder;
}

test("the nearest settings from the current folder upwards are followed", () => {
  const below = join(folderWith(OFF), "src", "web");
  mkdirSync(below, { recursive: true });
  expect(rulesIn(temporaryFolder())).toContain("sequential-reads");
  expect(rulesIn(below)).not.toContain("sequential-reads");
  // As editors on Windows write them.
  expect(rulesIn(folderWith(`\ufeff${OFF}`))).not.toContain("sequential-reads");
});

test("--no-local reads none, --config the one that it names", () => {
  const folder = folderWith(OFF);
  expect(rulesIn(folder, "--no-local")).toContain("sequential-reads");
  expect(rulesIn(folderWith(OFF, "ours.json"), "--no-local", "--config", "ours.json")).not.toContain(
    "sequential-reads",
  );
});

test.each([
  ['{"thresholds": {"idle-gap": {}}}', 2, 'unknown rule "idle-gap"'],
  ["{bad", 2, "it is not JSON"],
  ["", 2, "it is not JSON"],
  ["[]", 2, "it holds no object"],
])("settings that cannot be followed are one clear line: %s", (settings, exitCode, words) => {
  const cwd = folderWith(settings);
  const run = runCli(["report", "--db", EXAMPLE, "--json"], { cwd });
  expect(run).toMatchObject({ exitCode, stdout: "" });
  expect(run.stderr.split("\n")[0]).toContain(`not usable as settings: ${join(cwd, "sessionflame.config.json")}: `);
  expect(run.stderr).toContain(words);
});

test("a file that is not there is said", () => {
  const run = runCli(["report", "--db", EXAMPLE, "--config", "none.json"]);
  expect(run).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(/^sessionflame: no such file: .*none\.json\n/),
  });
});
