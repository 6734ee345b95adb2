import { spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { recordingFiles } from "../../../src/load/recording/read-recording.js";
import { recordingPaths } from "../../../src/load/recording/recording-paths.js";
import { RecordingFiles } from "../../../src/recorder/recording-file.js";
import { temporaryFolder } from "../../support/fixtures.js";
import { folderWith } from "../../support/folder-with.js";
import { EVERY_LINE, request } from "../../support/recording-lines.js";
import { sessionFromText } from "../../support/session-text.js";

/** Its session is ses_test, its subagent's ses_3. */
const SESSION = sessionFromText(`
  session 0..100
    turn 0..100
      step 0..100
        subagent 10..80
`);
const LINES = EVERY_LINE.map((line) => `${JSON.stringify(line)}\n`).join("");
const namesIn = (folder: string, session = SESSION) => recordingPaths([folder], session).map((path) => basename(path));
const readIn = (folder: string) => [...recordingFiles(recordingPaths([folder], SESSION))];

test("the files of a session and its subagents are found, rotated ones too, and those of no other", () => {
  const folder = folderWith({
    ...{ "ses_test.jsonl": "", "ses_test.1.jsonl": "", "ses_test.12.jsonl": "", "ses_3.jsonl": "" },
    ...{ "ses_test2.jsonl": "", "ses_test.jsonl.bak": "", "ses_test.x.jsonl": "", "ses_other.jsonl": "" },
    "ses_parent.jsonl": "",
  });
  const own = ["ses_3.jsonl", "ses_test.1.jsonl", "ses_test.12.jsonl", "ses_test.jsonl"];
  expect(namesIn(folder)).toEqual(own);
  expect(namesIn(folder, { ...SESSION, parentId: "ses_parent" })).toEqual([
    "ses_3.jsonl",
    "ses_parent.jsonl",
    ...own.slice(1),
  ]);
  expect(namesIn(join(folder, "none"))).toEqual([]);
});

test("what the recorder put aside is read before what it went on with", () => {
  const folder = temporaryFolder();
  const at = 1_795_000_000_000;
  const startOf = (sessionId: string) =>
    ({ kind: "start", at, sessionId, version: 1, recorder: "sessionflame 1", pid: 1 }) as const;
  const files = new RecordingFiles({ folder, startOf, warn: () => {}, rotateAtBytes: 2_000 });
  for (let i = 0; i < 20; i++) {
    files.write(request("m2", at + i, { sessionId: "ses_test" }));
    if (i % 5 === 4) files.flush();
  }
  files.dispose();
  expect(namesIn(folder)).toEqual(["ses_test.1.jsonl", "ses_test.jsonl"]);
  const lines = readIn(folder).flatMap((file) => ("lines" in file ? file.lines : []));
  expect(lines.flatMap((line) => (line.kind === "request" ? [line.at - at] : []))).toEqual([...Array(20).keys()]);
  expect(lines.filter(({ kind }) => kind === "start").length).toBe(2);
});

test("an id with a path in it leads nowhere, and links are left alone", () => {
  const folder = folderWith({ "secret.jsonl": "", "in/own.txt": "" });
  symlinkSync(join(folder, "secret.jsonl"), join(folder, "in", "ses_test.jsonl"));
  expect(namesIn(join(folder, "in"))).toEqual([]);
  expect(namesIn(join(folder, "in"), { ...SESSION, id: "../secret" })).toEqual([]);
  expect(namesIn(folder, { ...SESSION, id: "in/../secret" })).toEqual([]);
});

test("a line that a killed process left half is not believed, and those before it are", () => {
  const whole = EVERY_LINE.length;
  for (let cut = 1; cut < LINES.indexOf("\n"); cut++) {
    const folder = folderWith({ "ses_test.jsonl": LINES + LINES.slice(0, cut) });
    expect(readIn(folder)).toEqual([expect.objectContaining({ lines: EVERY_LINE, skipped: 1 })]);
  }
  const goneOn = folderWith({ "ses_test.jsonl": `${LINES}{"kind":"sta${LINES}` });
  expect(readIn(goneOn)).toEqual([expect.objectContaining({ skipped: 1 })]);
  expect(readIn(goneOn).map((file) => "lines" in file && file.lines.length)).toEqual([2 * whole - 1]);
});

test("kill -9 in the midst of writing costs no line that was whole before", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "ses_test.jsonl");
  const line = JSON.stringify(request("m2", 1_795_000_000_000));
  const script = `
    const file = require("node:fs").openSync(${JSON.stringify(path)}, "a");
    for (let i = 0; ; i++) {
      for (const half of [${JSON.stringify(line.slice(0, 40))}, ${JSON.stringify(`${line.slice(40)}\n`)}])
        require("node:fs").writeSync(file, half);
      if (i === 500) process.stdout.write("going");
    }`;
  const writer = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(writer.stdout, "data");
  writer.kill("SIGKILL");
  await once(writer, "exit");
  const [file] = readIn(folder);
  if (!file || "problem" in file) throw new Error("not read");
  expect(file.lines.length).toBeGreaterThan(500);
  expect(file.skipped).toBeLessThanOrEqual(1);
  expect(file.lines.every(({ kind }) => kind === "request")).toBe(true);
});

test("what is no recording at all has no lines", () => {
  const folder = folderWith({ "ses_test.jsonl": "\u0000\u0001\n[]\nnull\n\n{}\n7\n" });
  expect(readIn(folder)).toEqual([expect.objectContaining({ lines: [], skipped: 5 })]);
});

test("a file of more than 50 MB is left out", () => {
  const folder = folderWith({ "ses_3.jsonl": LINES });
  const path = join(folder, "ses_test.jsonl");
  writeFileSync(path, LINES);
  truncateSync(path, 50_000_001);
  expect(readIn(folder)).toEqual([expect.objectContaining({ skipped: 0 }), { path, problem: "larger than 50 MB" }]);
});
