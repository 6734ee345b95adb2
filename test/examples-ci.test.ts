import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { packageFile } from "../src/cli/package-files.js";
import { MARKER } from "../src/render/markdown/summary.js";
import { runCli } from "./support/run-cli.js";

function optionsOfReport(): ReadonlySet<string> {
  const { stdout } = runCli(["report", "--help"]);
  return new Set([...stdout.matchAll(/(?<![\w-])--?[a-z][a-z-]*/g)].map((match) => match[0]));
}

describe.each(readdirSync(packageFile("examples", "ci")))("examples/ci/%s", (name) => {
  const text = readFileSync(packageFile("examples", "ci", name), "utf8");
  const commands = text.match(/^[ -]*sessionflame .*/gm)?.map((line) => line.replace(/^[ -]*/, "")) ?? [];

  test("every command of ours is one of the program's, with options that it has", () => {
    const options = optionsOfReport();
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      const [program, verb, ...rest] = command.split(" ");
      expect([program, verb]).toEqual(["sessionflame", "report"]);
      expect(rest.filter((word) => word.startsWith("-") && !options.has(word))).toEqual([]);
    }
  });

  test("a report never makes a pipeline fail", () => {
    expect(commands.filter((command) => !command.includes("--soft"))).toEqual([]);
  });

  test("the comment is found by the mark that the Markdown begins with", () => {
    expect(text).toContain(`"${MARKER}"`);
  });

  test("is indented by spaces alone, in steps of two", () => {
    const odd = text.split("\n").filter((line) => /\t/.test(line) || (/^ */.exec(line)?.[0].length ?? 0) % 2 === 1);
    expect(odd).toEqual([]);
  });
});
