import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { packageFile } from "../src/cli/package-files.js";
import { runCli } from "./support/run-cli.js";

const read = (name: string) => readFileSync(packageFile(name), "utf8");
const scripts = JSON.parse(read("package.json")).scripts as Record<string, string>;

describe.each(["README.md", "CONTRIBUTING.md"])("%s", (name) => {
  test("every link and picture leads to a file", () => {
    const targets = [...read(name).matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] as string);
    expect(targets.filter((target) => !/^https?:/.test(target) && !existsSync(packageFile(target)))).toEqual([]);
  });

  test("every npm command is there", () => {
    const named = [...read(name).matchAll(/npm (?:run ([\w-]+)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2] ?? "",
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

const COMMANDS = ["report", "compare", "list", "stats", "skills", "check", "doctor", "install", "extract", "demo"];
const READ_SESSIONS = COMMANDS.slice(0, 7);
const helpOf = (command: string) => runCli([command, "--help"]).stdout;

test("every command and option of the README is one of the program's, and the other way round", () => {
  const help = COMMANDS.map(helpOf).join("\n");
  const options = (text: string) =>
    [...new Set([...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map((match) => match[0]))].sort();
  const ofReadme = options(read("README.md"));
  const ofProgram = options(help).filter((option) => option !== "--help");
  expect(ofReadme).toEqual(ofProgram.filter((option) => option !== "--output"));
});

test("an option of the README's table is one of the commands that it names, and of no other", () => {
  const table = /\| option \| meaning \|\n.*\n([\s\S]*?)\n\n/.exec(read("README.md"))?.[1] ?? "";
  const said = [...table.matchAll(/^\| (.*?) \| (.*) \|$/gm)].flatMap(([, cell = "", meaning = ""]) =>
    optionsOf(cell, meaning),
  );
  const named = new Set(said.map((option) => option.split(" ")[1]));
  const taken = COMMANDS.flatMap((command) =>
    [...helpOf(command).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name]) => `${command} ${name}`),
  ).filter((option) => named.has(option.split(" ")[1]));
  expect(said.filter((option) => !taken.includes(option))).toEqual([]);
  const isForAll = (option: string) => /--(?:quiet|verbose)$/.test(option);
  expect(taken.filter((option) => !isForAll(option) && !said.includes(option))).toEqual([]);
});

/** `report --all` for each option of a row and each command that takes it. */
function optionsOf(cell: string, meaning: string): string[] {
  const lead = /^for ([^:]*):/.exec(meaning)?.[1];
  const commands = lead ? [...lead.matchAll(/`(\w+)`/g)].map(([, command]) => command as string) : READ_SESSIONS;
  return [...cell.matchAll(/`(?:([a-z]+) )?(-o|--[a-z-]+)/g)].flatMap(([, own, name]) =>
    (own ? [own] : commands).map((command) => `${command} ${name === "-o" ? "--output" : name}`),
  );
}

test("the README's tables of errors are what `npm run accuracy` prints, and every budget is met", () => {
  const { stdout, status } = spawnSync(process.execPath, ["scripts/accuracy.mjs", "--short"], {
    cwd: packageFile("."),
    encoding: "utf8",
  });
  expect(status).toBe(0);
  const tables = ["accuracy", "recording accuracy", "token accuracy", "claim accuracy"].map(
    (name) => new RegExp(`<!-- ${name} -->\\n([\\s\\S]*)\\n<!-- /${name} -->`).exec(read("README.md"))?.[1],
  );
  expect(tables.join("\n\n")).toBe(stdout.trim());
}, 300_000); // it makes many reports

test("the README's table of thresholds is the one that the rules go by", () => {
  const { stdout } = spawnSync(process.execPath, ["scripts/thresholds.mjs"], {
    cwd: packageFile("."),
    encoding: "utf8",
  });
  const table = /<!-- thresholds -->\n([\s\S]*)\n<!-- \/thresholds -->/.exec(read("README.md"))?.[1];
  expect(table).toBe(stdout.trim());
});

test("every package that is used at run time has its sentence in CONTRIBUTING.md", () => {
  const bundled = [...read("dist/LICENSES.txt").matchAll(/^(\S+) \d\S* \(/gm)].map((match) => match[1] as string);
  const own = Object.keys(JSON.parse(read("package.json")).dependencies);
  const missing = [...own, ...bundled.map((name) => (name.startsWith("d3-") ? "d3" : name))].filter(
    (name) => !read("CONTRIBUTING.md").includes(`| ${name} |`),
  );
  expect(missing).toEqual([]);
});
