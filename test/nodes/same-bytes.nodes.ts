import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { temporaryFolder } from "../support/fixtures.js";
import { installedNode, NODES } from "./nodes.js";

const PROGRAM = packageFile("dist", "cli.js");
const fixture = (...path: readonly string[]) => packageFile("test", "fixtures", "opencode", ...path);
const RECORDED = fixture("1.18.34");

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
function formatsOf(command: string): string[] {
  const help = execFileSync(process.execPath, [PROGRAM, command, "--help"], { encoding: "utf8" }).replace(/\s+/g, " ");
  const choices = /--format <format> .*?choices: ([^,)]*(?:, "[^"]*")*)/.exec(help)?.[1] ?? "";
  return [...choices.matchAll(/"(\w+)"/g)].map((match) => match[1] as string);
}

const formats = formatsOf("report");
/** A picture is of one session. */
const formatsOfSeveral = formats.filter((format) => format !== "svg");

/** What all tests read. */
const folder = mkdtempSync(join(tmpdir(), "sessionflame-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The sessions of two releases in one folder. A database needs a native module, which is built for one release of Node. */
function storageOfTwo(): string {
  for (const release of ["1.0.185", "1.1.65"])
    cpSync(fixture(release, "debug-auth", "storage"), join(folder, "storage"), { recursive: true });
  return join(folder, "storage");
}

const exportOf = (release: string) => fixture(release, "debug-auth", "export.json");
const COMPARED = ["compare", exportOf("1.2.1"), exportOf("1.18.34"), "--no-local"];
const SEVERAL = ["report", "--all", "--db", storageOfTwo(), "--no-local"];

const exports = readdirSync(RECORDED).filter((scenario) => existsSync(join(RECORDED, scenario, "export.json")));
const [oldest, ...others] = NODES;

const hashOf = (node: string, args: readonly string[]) =>
  sha256(printed(installedNode(node), [...args, "-o", "-", "--quiet"]));

const hashesOfOldest = new Map<string, string>();

/** What the oldest Node makes of it, which is run once for all others. */
function hashOfOldest(args: readonly string[]): string {
  const name = args.join("\n");
  const hash = hashesOfOldest.get(name) ?? hashOf(oldest, args);
  hashesOfOldest.set(name, hash);
  return hash;
}

/** The Report of a scenario as a file, written once by the oldest Node. */
function reportOf(scenario: string): string {
  const path = join(folder, `${scenario}.json`);
  const args = ["report", join(RECORDED, scenario, "export.json"), "--no-local", "--json"];
  if (!existsSync(path)) writeFileSync(path, printed(installedNode(oldest), args));
  return path;
}

test("there is something to compare", () => {
  expect(formats).toEqual(expect.arrayContaining(["html", "json"]));
  expect(formatsOf("compare")).toEqual(expect.arrayContaining(["html", "json", "markdown"]));
  expect(exports.length).toBeGreaterThan(2);
  const several = printed(process.execPath, [...SEVERAL, "--json", "-o", "-", "--quiet"]);
  expect(JSON.parse(String(several)).sessions).toHaveLength(2);
  expect(NODES.map((version) => String(printed(installedNode(version), ["--version"])))).toHaveLength(3);
});

describe.each(others)(`Node %s writes what Node ${oldest} writes`, (version) => {
  test(`it is Node ${version}`, () => {
    expect(execFileSync(installedNode(version), ["--version"], { encoding: "utf8" })).toBe(`v${version}\n`);
  });

  test.each(formatsOf("compare"))("two sessions side by side, as %s", (format) => {
    const args = [...COMPARED, "--format", format];
    expect(hashOf(version, args)).toBe(hashOfOldest(args));
  });

  test.each(formatsOfSeveral)("several sessions on one page, as %s", (format) => {
    const args = [...SEVERAL, "--format", format];
    expect(hashOf(version, args)).toBe(hashOfOldest(args));
  });

  describe.each(exports)("%s", (scenario) => {
    const path = join(RECORDED, scenario, "export.json");

    test.each(formats)("as %s", (format) => {
      const args = ["report", path, "--no-local", "--format", format];
      expect(hashOf(version, args)).toBe(hashOfOldest(args));
    });

    test.each(formats)("as %s, from its Report", (format) => {
      const args = ["report", "--from", reportOf(scenario), "--format", format];
      expect(hashOf(version, args)).toBe(hashOfOldest(["report", path, "--no-local", "--format", format]));
    });
  });
});
