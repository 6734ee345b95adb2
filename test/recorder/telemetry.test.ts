import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { telemetryFile } from "../../src/load/telemetry/read-telemetry.js";
import { telemetryLine } from "../../src/load/telemetry/telemetry-line.js";
import { record } from "../../src/recorder/telemetry.js";
import { temporaryFolder } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";
import { EVERY_RECORD } from "../support/telemetry-records.js";

const BUILT = pathToFileURL(packageFile("dist", "telemetry.js")).href;

/** What the lines of a folder's file hold; undefined for one that is no JSON. */
function valuesIn(folder: string): unknown[] {
  const file = telemetryFile(join(folder, "telemetry.jsonl"));
  return "entries" in file ? file.entries.map(({ value }) => value) : [];
}

/** What stands in the one line that was written with an environment. */
function lineWith(env: Readonly<Record<string, string>>, ids: Parameters<typeof record>[1] | object): unknown {
  const folder = temporaryFolder();
  for (const name of ["SESSIONFLAME_SESSION_ID", "SESSIONFLAME_CALL_ID"]) vi.stubEnv(name, env[name]);
  expect(record("skill", { name: "x", at: 1e12, ...ids }, { folder })).toBe(true);
  vi.unstubAllEnvs();
  const [line] = valuesIn(folder);
  const { kind: _kind, name: _name, at: _at, ...rest } = line as Record<string, unknown>;
  return rest;
}

/** Runs a script as a process of its own, with `record` of the built module. Returns what it printed. */
function run(script: string, cwd: string): string {
  const source = `import { record } from ${JSON.stringify(BUILT)};\n${script}`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd,
    encoding: "utf8",
  });
  return stdout + stderr;
}

describe("record", () => {
  test.each(EVERY_RECORD)("writes what is read again, of kind $kind", ({ kind, ...fields }) => {
    const folder = temporaryFolder();
    expect(record(kind, fields as never, { folder })).toBe(true);
    expect(valuesIn(folder).map(telemetryLine)).toEqual([{ record: { kind, ...fields } }]);
  });

  test("says when it was, and leaves out what is not known", () => {
    const folder = temporaryFolder();
    vi.setSystemTime(Date.UTC(2027, 0, 1));
    record("edit", { format: "udiff\nwith a line end", file: undefined, model: null }, { folder });
    vi.useRealTimers();
    expect(readFileSync(join(folder, "telemetry.jsonl"), "utf8")).toBe(
      '{"kind":"edit","at":"2027-01-01T00:00:00.000Z","format":"udiff\\nwith a line end"}\n',
    );
  });

  test("takes the ids of the environment where none is given", () => {
    const env = { SESSIONFLAME_SESSION_ID: "ses_env", SESSIONFLAME_CALL_ID: "call_env" };
    expect(lineWith(env, {})).toEqual({ sessionId: "ses_env", callId: "call_env" });
    expect(lineWith(env, { sessionId: undefined, callId: null })).toEqual({ sessionId: "ses_env", callId: "call_env" });
    expect(lineWith({ SESSIONFLAME_SESSION_ID: "", SESSIONFLAME_CALL_ID: "" }, {})).toEqual({});
  });

  test("does not mix them with ids that they may contradict", () => {
    const env = { SESSIONFLAME_SESSION_ID: "ses_env", SESSIONFLAME_CALL_ID: "call_env" };
    expect(lineWith(env, { sessionId: "ses_own" })).toEqual({ sessionId: "ses_own" });
    expect(lineWith(env, { sessionID: "ses_own" })).toEqual({ sessionID: "ses_own" });
    expect(lineWith(env, { sessionId: "ses_env" })).toEqual({ sessionId: "ses_env", callId: "call_env" });
    expect(lineWith(env, { callID: "call_own" })).toEqual({ sessionId: "ses_env", callID: "call_own" });
    expect(lineWith(env, { messageId: "msg_own" })).toEqual({ sessionId: "ses_env", messageId: "msg_own" });
  });

  test("begins a new line where the one before was cut off", () => {
    const folder = folderWith({ "telemetry.jsonl": '{"kind":"skill","na' });
    record("skill", { name: "x", sessionId: "s" }, { folder });
    record("skill", { name: "y", sessionId: "s" }, { folder });
    const names = valuesIn(folder).map((value) => (value as { name: string } | undefined)?.name ?? "cut");
    expect(names).toEqual(["cut", "x", "y"]);
  });
});

describe("where it writes", () => {
  const WRITE = 'console.log(record("skill", { name: "x" }));';
  const FILE = ".opencode/telemetry/telemetry.jsonl";

  test.each([".opencode", ".git"])("is the nearest folder upwards with %s", (mark) => {
    const project = folderWith({ [`${mark}/x`]: "", "src/deep/x": "" });
    expect(run(WRITE, join(project, "src", "deep"))).toBe("true\n");
    expect(existsSync(join(project, FILE))).toBe(true);
  });

  test("is the current folder where there is none, and what it makes is kept out of git", () => {
    const folder = temporaryFolder();
    expect(run(WRITE, folder)).toBe("true\n");
    expect(existsSync(join(folder, FILE))).toBe(true);
    expect(readFileSync(join(folder, ".opencode/telemetry/.gitignore"), "utf8")).toBe("*\n");
  });
});

describe("it never throws, and says that nothing was written", () => {
  const circular: Record<string, unknown> = { name: "x" };
  circular.self = circular;

  test.each([
    ["fields in a circle", circular],
    ["what JSON has no form for", { name: "x", tokens: 1n }],
    ["no fields at all", null],
    [
      "a getter that throws",
      Object.defineProperty({}, "name", {
        enumerable: true,
        get: () => {
          throw new Error("no");
        },
      }),
    ],
    ["a line of more than 64 KiB", { name: "x".repeat(65_536) }],
  ])("for %s", (_, fields) => {
    const folder = temporaryFolder();
    expect(record("skill", fields as never, { folder })).toBe(false);
    expect(valuesIn(folder)).toEqual([]);
  });

  test("where the folder cannot be made, or the file is none", () => {
    const folder = folderWith({ file: "", "taken/telemetry.jsonl/x": "" });
    for (const place of ["file/below", "taken"])
      expect(record("skill", { name: "x" }, { folder: join(folder, place) })).toBe(false);
  });

  test("where the file is a link to another", () => {
    const folder = folderWith({ "own/x": "", precious: "as it was" });
    symlinkSync(join(folder, "precious"), join(folder, "own", "telemetry.jsonl"));
    expect(record("skill", { name: "x" }, { folder: join(folder, "own") })).toBe(false);
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("as it was");
  });

  test.skipIf(process.platform !== "linux")("where nothing may be written", () => {
    expect(record("skill", { name: "x" }, { folder: "/proc/self" })).toBe(false); // holds for root too
  });

  test.skipIf(process.getuid?.() === 0)("where this user may not write", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    for (const place of [folder, join(folder, "below")])
      expect(record("skill", { name: "x" }, { folder: place })).toBe(false);
  });

  test("where the current folder is gone", () => {
    const script =
      'process.chdir("gone"); (await import("node:fs")).rmdirSync("../gone"); console.log(record("skill", { name: "x" }));';
    const folder = temporaryFolder();
    mkdirSync(join(folder, "gone"));
    expect(run(script, folder)).toBe("false\n");
  });
});

test("eight processes that write at once lose nothing and tear nothing", async () => {
  const folder = temporaryFolder();
  const [processes, lines] = [8, 300];
  const script = (number: number) => `
    import { record } from ${JSON.stringify(BUILT)};
    let written = 0;
    for (let i = 0; i < ${lines}; i++) {
      const name = "${number}-" + i + "-" + "x".repeat((i * 7919) % 20000);
      if (record("skill", { name, sessionId: "s" }, { folder: ${JSON.stringify(folder)} })) written++;
    }
    process.exitCode = written === ${lines} ? 0 : 1;`;
  const ends = Array.from({ length: processes }, (_, number) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script(number)], { stdio: "ignore" });
    return new Promise((done) => child.on("close", done));
  });
  expect(await Promise.all(ends)).toEqual(Array(processes).fill(0));
  const names = valuesIn(folder).map((value) => (value as { name: string } | undefined)?.name ?? "torn");
  expect(names.filter((name) => !/^\d-\d+-x*$/.test(name))).toEqual([]);
  expect(names.length).toBe(processes * lines);
  expect(new Set(names.map((name) => name.replace(/x*$/, ""))).size).toBe(processes * lines);
});
