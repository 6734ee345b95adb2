import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageFile } from "../src/cli/package-files.js";
import { MARKER } from "../src/render/markdown/summary.js";
import { EXAMPLE, temporaryFolder } from "./support/fixtures.js";
import { runCli } from "./support/run-cli.js";

function optionsOf(command: string): ReadonlySet<string> {
  const { stdout } = runCli([command, "--help"]);
  return new Set([...stdout.matchAll(/(?<![\w-])--?[a-z][a-z0-9-]*/g)].map((match) => match[0]));
}

const EXAMPLES = readdirSync(packageFile("examples", "ci"));
const textOf = (name: string) => readFileSync(packageFile("examples", "ci", name), "utf8");
const commandsIn = (text: string) =>
  text.match(/^[ -]*sessionflame .*/gm)?.map((line) => line.replace(/^[ -]*/, "")) ?? [];

describe.each(EXAMPLES)("examples/ci/%s", (name) => {
  test("every command of ours is one of the program's, with options that it has", () => {
    const commands = commandsIn(textOf(name));
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      const [program, verb = "", ...rest] = command.split(" ");
      expect([program, ["report", "check"].includes(verb)]).toEqual(["sessionflame", true]);
      const options = optionsOf(verb);
      expect(rest.filter((word) => word.startsWith("-") && !options.has(word))).toEqual([]);
    }
  });

  test("is indented by spaces alone, in steps of two", () => {
    const odd = textOf(name)
      .split("\n")
      .filter((line) => /\t/.test(line) || (/^ */.exec(line)?.[0].length ?? 0) % 2 === 1);
    expect(odd).toEqual([]);
  });
});

describe.each(EXAMPLES.filter((name) => name.endsWith(".yml")))("examples/ci/%s", (name) => {
  const text = textOf(name);

  test("a report never makes a pipeline fail", () => {
    expect(commandsIn(text).filter((command) => !command.includes("--soft"))).toEqual([]);
  });

  test("the comment is found by the mark that the Markdown begins with", () => {
    expect(text).toContain(`"${MARKER}"`);
  });
});

/** Runs a script of `examples/ci` in an empty folder, with our program as `sessionflame`. */
function ran(script: string, ...args: readonly string[]) {
  const cwd = temporaryFolder();
  const program = join(cwd, "sessionflame");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${packageFile("dist", "cli.js")}" "$@"\n`, {
    mode: 0o755,
  });
  const { status, stdout, stderr } = spawnSync("sh", [packageFile("examples", "ci", script), ...args], {
    cwd,
    env: { PATH: `${cwd}:${process.env.PATH ?? ""}`, HOME: cwd },
    encoding: "utf8",
  });
  return { cwd, exitCode: status, stdout, stderr };
}

describe("as their heads say", () => {
  test("budgets.sh passes for debug-auth, with the page, a list of tests and a table", () => {
    const { cwd, exitCode, stdout, stderr } = ran("budgets.sh", EXAMPLE);
    expect([exitCode, stderr]).toEqual([0, "3 of 3 budgets passed: Debug Auth.\n"]);
    expect(stdout).toMatch(/\npassed +Active time +23\.1 s +at most 10 min 00 s\npassed +Cost /);
    expect(readFileSync(join(cwd, "sessionflame.xml"), "utf8")).toContain('tests="3" failures="0"');
    expect(readFileSync(join(cwd, "sessionflame.html"), "utf8")).toContain("Debug Auth");
  });

  test("regression.sh fails for parcels beside debug-auth, and says why", () => {
    const { exitCode, stdout } = ran(
      "regression.sh",
      packageFile("examples", "debug-auth.html"),
      packageFile("examples", "parcels.db"),
    );
    expect(exitCode).toBe(1);
    expect(stdout.match(/^::error .*/gm)).toEqual([
      "::error title=Sessionflame%3A Tool errors against baseline::Tool errors against baseline: 11.8\u00a0%25, at most 8.5\u00a0%25 (2 of 17 calls; baseline 7.7\u00a0%25, +52.9\u00a0%25)",
    ]);
  });

  test("neither passes where there is no session", () => {
    expect([ran("budgets.sh").exitCode, ran("regression.sh", "none.json").exitCode]).toEqual([3, 3]);
  });
});
