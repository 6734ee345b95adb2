import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import type { RecordingLine } from "../../src/model/recording.js";
import { RecordingFiles, type RecordingOptions } from "../../src/recorder/recording-file.js";
import { temporaryFolder } from "../support/fixtures.js";
import { folderWith } from "../support/folder-with.js";

const system = vi.hoisted(() => ({ fails: null as string | null }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const writeSync = (file: number, bytes: Uint8Array) => {
    if (system.fails !== null) throw Object.assign(new Error(system.fails), { code: system.fails });
    return fs.writeSync(file, bytes);
  };
  return { ...fs, writeSync };
});

const BUILT = pathToFileURL(packageFile("dist", "plugin.js")).href;

const busy = (sessionId: string, at = 1): RecordingLine => ({ kind: "status", at, sessionId, status: "busy" });

function testFiles(folder: string, options: Partial<RecordingOptions> = {}) {
  const warnings: string[] = [];
  const files = new RecordingFiles({
    folder,
    startOf: (sessionId) => ({ kind: "start", at: 0, sessionId, version: 1, recorder: "test", pid: 1 }),
    warn: (message) => warnings.push(message),
    ...options,
  });
  return { files, warnings };
}

/** The lines of a file, each as its kind and its time; `cut` where one is no JSON. */
function drawnFile(folder: string, name: string): readonly string[] {
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  return lines.filter((line) => line !== "").map(drawnLine);
}

function drawnLine(text: string): string {
  try {
    const { kind, at } = JSON.parse(text) as RecordingLine;
    return `${kind} ${at}`;
  } catch {
    return "cut";
  }
}

describe("lines", () => {
  test("wait for each other, and are written together in the order in which they came", () => {
    vi.useFakeTimers();
    const folder = join(temporaryFolder(), "made", "with", "them");
    const { files } = testFiles(folder);
    for (const at of [1, 2]) for (const id of ["ses_a", "ses_b"]) files.write(busy(id, at));
    expect(existsSync(folder)).toBe(false);
    vi.advanceTimersByTime(250);
    for (const id of ["ses_a", "ses_b"])
      expect(drawnFile(folder, `${id}.jsonl`)).toEqual(["start 0", "status 1", "status 2"]);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test("are written at once where many wait, when a session is closed, and at the end", () => {
    const folder = temporaryFolder();
    const { files } = testFiles(folder, { flushAfterMs: 1e6 });
    for (let at = 1; at <= 1200; at++) files.write(busy("ses_a", at));
    expect(statSync(join(folder, "ses_a.jsonl")).size).toBeGreaterThan(65_535);
    files.write(busy("ses_b"));
    files.close("ses_b");
    expect(drawnFile(folder, "ses_b.jsonl")).toEqual(["start 0", "status 1"]);
    files.dispose();
    expect(drawnFile(folder, "ses_a.jsonl").length).toBe(1201);
    expect(files.count).toBe(0);
  });

  test("are for this user alone", () => {
    const folder = join(temporaryFolder(), "new");
    const { files } = testFiles(folder);
    files.write(busy("ses_a"));
    files.flush();
    expect([folder, join(folder, "ses_a.jsonl")].map((path) => statSync(path).mode & 0o077)).toEqual([0, 0]);
  });

  test("of an id that is none go nowhere", () => {
    const folder = temporaryFolder();
    const { files } = testFiles(join(folder, "own"));
    files.write(busy("../ses_a"));
    files.dispose();
    expect(existsSync(join(folder, "ses_a.jsonl"))).toBe(false);
  });

  test("begin anew after one that was cut off", () => {
    const folder = folderWith({ "ses_a.jsonl": '{"kind":"status","at":7}\n{"kind":"sta' });
    const { files } = testFiles(folder);
    files.write(busy("ses_a"));
    files.dispose();
    expect(drawnFile(folder, "ses_a.jsonl")).toEqual(["status 7", "cut", "start 0", "status 1"]);
  });
});

describe("a file that is full", () => {
  test("is kept as the older one, and a new one begins with its start", () => {
    const folder = temporaryFolder();
    const { files } = testFiles(folder, { rotateAtBytes: 300 });
    for (let at = 1; at <= 5; at++) {
      files.write(busy("ses_a", at));
      files.flush();
    }
    expect(drawnFile(folder, "ses_a.1.jsonl")).toEqual(["start 0", "status 1", "status 2", "status 3"]);
    expect(drawnFile(folder, "ses_a.jsonl")).toEqual(["start 0", "status 4", "status 5"]);
  });

  test("is not put away again by a process that has only heard of its old size", () => {
    const folder = temporaryFolder();
    const [one, other] = [1, 2].map(() => testFiles(folder, { rotateAtBytes: 400 }).files);
    const turn = (files: RecordingFiles | undefined, at: number) => {
      files?.write(busy("ses_a", at));
      files?.flush();
    };
    for (const at of [1, 2, 3]) turn(one, at);
    for (const at of [4, 5, 6]) turn(other, at);
    turn(one, 7);
    turn(other, 8);
    const both = ["ses_a.1.jsonl", "ses_a.jsonl"].flatMap((name) => drawnFile(folder, name));
    expect(both.filter((line) => line.startsWith("status"))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `status ${n}`),
    );
  });
});

describe("what cannot be written", () => {
  const isQuietIn = (folder: string) => {
    const { files, warnings } = testFiles(folder);
    for (const id of ["ses_a", "ses_a", "ses_b"]) {
      files.write(busy(id));
      files.flush();
    }
    files.dispose();
    return warnings;
  };

  test.skipIf(process.platform !== "linux")("is told once, where nobody may write", () => {
    expect(isQuietIn("/proc/self")).toEqual([expect.stringContaining("(ENOENT)")]);
  });

  test.skipIf(process.getuid?.() === 0)("is told once, where this user may not write", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    expect(isQuietIn(folder)).toEqual([expect.stringContaining("(EACCES)")]);
  });

  test.each(["ENOSPC", "EROFS", "EIO"])("is told once, and not tried again: %s", (code) => {
    const folder = temporaryFolder();
    const { files, warnings } = testFiles(folder);
    files.write(busy("ses_a"));
    files.flush();
    system.fails = code;
    for (const id of ["ses_a", "ses_b"]) files.write(busy(id, 2));
    files.flush();
    system.fails = null;
    files.write(busy("ses_a", 3));
    files.dispose();
    expect(warnings).toEqual([`Sessionflame records nothing more: its files cannot be written (${code}).`]);
    expect(drawnFile(folder, "ses_a.jsonl")).toEqual(["start 0", "status 1"]);
  });

  test("is told once, where a file stands in the folder's place", () => {
    expect(isQuietIn(join(folderWith({ taken: "" }), "taken"))).toHaveLength(1);
  });

  test("does not go where a link leads", () => {
    const folder = folderWith({ precious: "as it was", "own/x": "" });
    symlinkSync(join(folder, "precious"), join(folder, "own", "ses_a.jsonl"));
    expect(isQuietIn(join(folder, "own"))).toEqual([expect.stringContaining("(ELOOP)")]);
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("as it was");
  });
});

/** A process of its own that records with the built plugin; `hooks` and `busy(id)` are its. */
const script = (source: string, options = "{ performance: { enabled: true } }") => `
  import { Sessionflame } from ${JSON.stringify(BUILT)};
  const warnings = [];
  const client = { app: { log: async ({ body }) => void warnings.push(body.message) } };
  const hooks = await Sessionflame({ client }, ${options});
  const event = (type, properties) => hooks.event({ event: { type, properties } });
  const statuses = ["busy", "idle"];
  const change = (sessionID, n) => event("session.status", { sessionID, status: { type: statuses[n % 2] } });
  ${source}`;
const runs = (source: string) => ["--input-type=module", "-e", script(source)];
const place = (data: string) => ({ env: { ...process.env, XDG_DATA_HOME: data } });
const recordings = (data: string) => join(data, "opencode", "sessionflame");

test("a process that is killed leaves whole lines, and at most the last is cut", async () => {
  const data = temporaryFolder();
  const source = `for (let n = 0; ; n++) {
    change("ses_a", n);
    if (n % 100 === 0) { console.log(n); await new Promise((done) => setTimeout(done, 1)); }
  }`;
  const child = spawn(process.execPath, runs(source), { ...place(data), stdio: ["ignore", "pipe", "inherit"] });
  const closed = new Promise((done) => child.on("close", done));
  let seen = 0;
  child.stdout.on("data", (text: Buffer) => {
    seen += text.length;
    if (seen > 300) child.kill("SIGKILL");
  });
  await closed;
  const lines = drawnFile(recordings(data), "ses_a.jsonl");
  expect(lines.length).toBeGreaterThan(500);
  expect(lines.slice(0, -1).filter((line) => line === "cut")).toEqual([]);
});

test("four processes that record one session at once lose nothing and tear nothing", async () => {
  const data = temporaryFolder();
  const source = `for (let n = 0; n < 2000; n++) change("ses_a", n); await hooks.dispose();`;
  const ends = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, runs(source), { ...place(data), stdio: "inherit" });
    return new Promise((done) => child.on("close", done));
  });
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
  const lines = drawnFile(recordings(data), "ses_a.jsonl");
  const count = (kind: string) => lines.filter((line) => line.startsWith(kind)).length;
  expect([count("start"), count("status"), count("cut")]).toEqual([4, 8000, 0]);
});

test.skipIf(process.platform === "win32")("a disk that is full ends the recording with one warning", () => {
  const data = temporaryFolder();
  const source = `for (let n = 0; n < 5000; n++) change("ses_" + (n % 3), n);
    await hooks.dispose();
    console.log(JSON.stringify(warnings));`;
  writeFileSync(join(data, "run.mjs"), script(source));
  // The largest file that the shell allows is 32 KiB: as on a full disk, a part is written and then nothing more.
  const command = `ulimit -f 64; exec "${process.execPath}" "${join(data, "run.mjs")}"`;
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { ...place(data), encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([expect.stringContaining("records nothing more")]);
});

test("what waits is written when the process ends", () => {
  const data = temporaryFolder();
  spawnSync(process.execPath, runs(`change("ses_a", 0); process.exit(0);`), { ...place(data) });
  expect(drawnFile(recordings(data), "ses_a.jsonl").map((line) => line.split(" ")[0])).toEqual([
    "start",
    "status",
    "memory",
  ]);
});
