import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packageFile } from "../../../src/cli/package-files.js";
import { recordingLine } from "../../../src/load/recording/line-schema.js";
import { retryReason } from "../../../src/recorder/retry-reason.js";
import { EVERY_LINE, firstChunk, request, retry, toolRan } from "../../support/recording-lines.js";

const AT = 1_795_000_000_000;

test.each(EVERY_LINE.map((line) => [line.kind, line] as const))("a line of the kind %s is one as it is", (_, line) => {
  expect(recordingLine(line)).toEqual(line);
});

test("fields that may be null may be missing, others that are there are left out", () => {
  const { waitedMs, ...line } = firstChunk("m2", AT);
  expect(recordingLine({ ...line, said: "a text" })).toEqual({ ...line, waitedMs });
});

test("times and lengths are whole milliseconds", () => {
  const { startedAt, durationMs } = recordingLine(toolRan("c1", AT + 0.4, 12.6)) as ReturnType<typeof toolRan>;
  expect([startedAt, durationMs]).toEqual([AT, 13]);
});

test.each([
  ...["Rate limit reached", "Overloaded", "timed out", "Invalid API key", "ECONNRESET", "status: 503", "429 no more"],
])("why an attempt failed is read as the recorder says it: %s", (message) => {
  const reason = retryReason(message);
  expect(reason).not.toBe(null);
  expect(recordingLine({ ...retry("m2", AT, null), reason })).toMatchObject({ reason });
});

test.each(["sk-live-1234", "429 of /home/ada", "200", "", 429, ["429"]])(
  "what says %j for why says nothing",
  (reason) => {
    expect(recordingLine({ ...retry("m2", AT, null), reason })).toEqual({ ...retry("m2", AT, null), reason: null });
  },
);

test.each([
  ["no JSON", undefined],
  ["a number", 7],
  ["a list", [firstChunk("m2", AT)]],
  ["another kind", { kind: "thought", at: AT, sessionId: "s" }],
  ["another version", { ...EVERY_LINE[0], version: 2 }],
  ["no session", { ...request("m2", AT), sessionId: undefined }],
  ["a time in seconds", request("m2", AT / 1_000)],
  ["a time that is none", request("m2", Number.NaN)],
  ["a length below 0", toolRan("c1", AT, -1)],
  ["a length that no tool ran", toolRan("c1", AT, 1e13)],
  ["an id that is none", toolRan("x".repeat(257), AT, 1)],
])("%s is no line", (_, value) => {
  expect(recordingLine(value)).toBe(null);
});

test("schema/recording-1.json says the same (npm run schema makes it anew)", () => {
  const { stdout, stderr } = spawnSync("node", ["scripts/schema.mjs", "recording-1"], {
    cwd: packageFile("."),
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  expect(stdout === readFileSync(packageFile("schema", "recording-1.json"), "utf8")).toBe(true);
});
