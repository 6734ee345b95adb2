import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { temporaryFolder } from "../support/fixtures.js";
import { installedNode, NODES } from "./nodes.js";

const PROGRAM = packageFile("dist", "cli.js");
const RECORDED = packageFile("test", "fixtures", "opencode", "1.18.34");

/** What a run under a release of Node prints. Nothing of this machine is in its environment. */
function printed(node: string, args: readonly string[]): Buffer {
  const cwd = temporaryFolder();
  const { status, stdout, stderr } = spawnSync(node, [PROGRAM, ...args], {
    cwd,
    env: { HOME: cwd },
    maxBuffer: 64 * 1024 * 1024,
  });
  expect([status, String(stderr)]).toEqual([0, ""]);
  return stdout;
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Whatever `--format` offers. */
const help = execFileSync(process.execPath, [PROGRAM, "report", "--help"], { encoding: "utf8" }).replace(/\s+/g, " ");
const choices = /--format <format> .*?choices: ([^,)]*(?:, "[^"]*")*)/.exec(help)?.[1] ?? "";
const formats = [...choices.matchAll(/"(\w+)"/g)].map((match) => match[1] as string);

const exports = readdirSync(RECORDED).filter((scenario) => existsSync(join(RECORDED, scenario, "export.json")));
const [oldest, ...others] = NODES;

test("there is something to compare", () => {
  expect(formats).toEqual(expect.arrayContaining(["html", "json"]));
  expect(exports.length).toBeGreaterThan(2);
  expect(NODES.map((version) => String(printed(installedNode(version), ["--version"])))).toHaveLength(3);
});

describe.each(others)(`Node %s writes what Node ${oldest} writes`, (version) => {
  const hashes = (args: readonly string[]) =>
    [oldest, version].map((node) => sha256(printed(installedNode(node), [...args, "-o", "-", "--quiet"])));

  test(`it is Node ${version}`, () => {
    expect(execFileSync(installedNode(version), ["--version"], { encoding: "utf8" })).toBe(`v${version}\n`);
  });

  describe.each(exports)("%s", (scenario) => {
    const path = join(RECORDED, scenario, "export.json");

    test.each(formats)("as %s", (format) => {
      const [expected, found] = hashes(["report", path, "--no-local", "--format", format]);
      expect(found).toBe(expected);
    });

    test.each(formats)("as %s, from its Report", (format) => {
      const report = join(temporaryFolder(), "report.json");
      writeFileSync(report, printed(installedNode(oldest), ["report", path, "--no-local", "--json"]));
      const [expected, found] = hashes(["report", "--from", report, "--format", format]);
      expect(found).toBe(expected);
      expect(found).toBe(hashes(["report", path, "--no-local", "--format", format])[0]);
    });
  });
});
