import { renameSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { markdownBlock } from "../../src/render/markdown/escape.js";
import { withoutLogCommands } from "../../src/report/log-commands.js";
import { copyOf, EXAMPLE, temporaryFolder } from "../support/fixtures.js";
import { sessionflame } from "../support/in-process.js";

/** What GitHub, Azure Pipelines, TeamCity and what runs GitHub's workflows take for a command in a line of a log. */
const isCommand = (line: string) => line.trim().startsWith("::") || /##\w*\[/.test(line);
const commandsIn = (text: string) => text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).filter(isCommand);

const COMMANDS = [
  "::add-mask::x",
  "\u00a0 ::error file=a.ts,line=1::x",
  "::stop-commands::x\n::error::y",
  "##[group]x",
  "a ##[error]x",
  "###[group]x",
  "##vso[task.setvariable variable=PATH]x",
  "##teamcity[buildStatus status='SUCCESS']",
];

/** The example with a command wherever the rows have a title, a model, a tool, a skill, a folder, an argument or an error. */
function planted(command: string): string {
  const path = copyOf(EXAMPLE);
  const db = new Database(path);
  const text = `'${command.replaceAll("'", "''")}'`;
  db.exec(`UPDATE session SET title = ${text}, directory = ${text}`);
  db.exec(
    `UPDATE message SET data = json_set(data, '$.providerID', ${text}, '$.modelID', ${text}, '$.agent', ${text})`,
  );
  db.exec(`UPDATE part SET data = json_set(data, '$.tool', ${text}) WHERE data LIKE '%"tool":"grep"%'`);
  db.exec(`UPDATE part SET data = json_set(data, '$.state.input.name', ${text}) WHERE data LIKE '%"tool":"skill"%'`);
  db.exec(`UPDATE part SET data = json_set(data, '$.state.input.command', ${text}) WHERE data LIKE '%"tool":"bash"%'`);
  db.close();
  return path;
}

const RUNS = [
  "report --verbose",
  "report --all",
  "report --format markdown",
  "report --all --format markdown",
  "report unheard-of --verbose",
  "list",
  "stats",
  "skills",
  "skills last",
  "check --max-active 1ms",
  "check --max-active 1h --format junit",
  "compare last last",
  "compare last last --format markdown",
  "doctor",
];

describe.each(COMMANDS)("%j in a session is no command to a CI", (command) => {
  test.each(RUNS)("in what %s prints", async (line) => {
    const { stdout, stderr } = await sessionflame([...line.split(" "), "--db", planted(command)]);
    expect(`${stdout}${stderr}`).not.toBe("");
    expect(commandsIn(`${stdout}${stderr}`)).toEqual([]);
  });

  test("as a selector that is not found", async () => {
    const { exitCode, stderr } = await sessionflame(["report", command, "--db", EXAMPLE, "--verbose"]);
    expect(exitCode).not.toBe(0);
    expect(commandsIn(stderr)).toEqual([]);
  });

  test("in a block of Markdown, in any line of it", () => {
    expect(commandsIn(markdownBlock(`one\n${command}\n\t${command}`))).toEqual([]);
  });
});

test("of a check for GitHub each line is a command, and one that was meant", async () => {
  for (const command of COMMANDS) {
    const args = ["check", "--max-active", "1ms", "--max-p95", "::error::a,b=1s", "--format", "github"];
    const { stdout, stderr } = await sessionflame([...args, "--db", planted(command)]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^::(error|notice) title=Sessionflame(%3A [^:,\r\n]*)?::[^\r\n]*$/);
    expect(commandsIn(stderr)).toEqual([]);
  }
});

test("a database whose name is a command is examined, and its name is none", async () => {
  const path = join(temporaryFolder(), "##vso[task.complete].db");
  renameSync(copyOf(EXAMPLE), path);
  const { stdout } = await sessionflame(["doctor", "--db", path]);
  expect(stdout).toContain("\\u0023#vso[task.complete].db");
  expect(commandsIn(stdout)).toEqual([]);
});

test("of words that are no command nothing changes", () => {
  const words = "sessionflame: a::b ::c\n  # one ## two #3[4] [5] ##\n[6] : :: std::vector\n";
  expect(withoutLogCommands(words)).toBe(words);
});

test("the character that begins a command is written out", () => {
  expect(withoutLogCommands("::error::x\n a ##[group]")).toBe("\\u003a:error::x\n a \\u0023#[group]");
});
