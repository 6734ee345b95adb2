import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../../src/cli/package-files.js";
import { telemetryLine } from "../../../src/load/telemetry/telemetry-line.js";
import type { TelemetryKind, TelemetryRecord } from "../../../src/model/telemetry.js";
import { EVERY_RECORD } from "../../support/telemetry-records.js";

const NEEDED: Readonly<Record<TelemetryKind, object>> = {
  skill: { name: "code-agent" },
  edit: { format: "udiff" },
  rlm: { chunkCount: 4 },
  intent: { label: "mend-a-bug" },
};
const KINDS = Object.keys(NEEDED) as TelemetryKind[];

/** The least that a line of a kind may say, and more. */
const line = (kind: TelemetryKind, more: object = {}) => ({ kind, sessionId: "ses_1", ...NEEDED[kind], ...more });

function recordOf(value: unknown): TelemetryRecord {
  const read = telemetryLine(JSON.parse(JSON.stringify(value)));
  if ("problem" in read) throw new Error(read.problem);
  return read.record;
}

function problemOf(value: unknown): string | null {
  const read = telemetryLine(value);
  return "problem" in read ? read.problem : null;
}

describe("a line", () => {
  test.each(EVERY_RECORD)("of kind $kind that says everything is kept whole", (record) => {
    expect(recordOf(record)).toEqual(record);
  });

  test("that says only what it must leaves the rest unknown", () => {
    const none = { at: null, sessionId: "ses_1", messageId: null, callId: null };
    expect(recordOf(line("skill"))).toEqual({
      ...{ kind: "skill", ...none, name: "code-agent", tokens: null, durationMs: null, success: null, retries: null },
      ...{ verificationAttempts: null, maxIterationsReached: null, escalated: null },
    });
    expect(recordOf(line("edit"))).toEqual({
      ...{ kind: "edit", ...none, format: "udiff", model: null, file: null, attempts: 1, success: null },
    });
    expect(recordOf(line("rlm"))).toEqual({
      ...{ kind: "rlm", ...none, chunkCount: 4, chunkChars: null, chunkMs: [], durationMs: null, mode: null },
      ...{ tokensPerChunk: null, accuracy: null },
    });
    expect(recordOf(line("intent"))).toEqual({
      ...{ kind: "intent", ...none, label: "mend-a-bug", confidence: null, correctLabel: null, escalated: null },
    });
  });

  test.each(KINDS)("of kind %s may say null for whatever it may leave out, and more than is known", (kind) => {
    const [full] = EVERY_RECORD.filter((record) => record.kind === kind);
    const open = Object.keys(full as object).filter(
      (key) => !["kind", "sessionId", ...Object.keys(NEEDED[kind])].includes(key),
    );
    const nulls = Object.fromEntries(open.map((key) => [key, null]));
    expect(recordOf(line(kind, { ...nulls, mood: "calm" }))).toEqual(recordOf(line(kind)));
  });

  test("may spell ids as OpenCode does; an empty one says nothing", () => {
    const { sessionId: _, ...bare } = line("skill");
    const ids = ({ sessionId, messageId, callId }: TelemetryRecord) => [sessionId, messageId, callId];
    expect(ids(recordOf({ ...bare, sessionID: "s", messageID: "m", callID: " c" }))).toEqual(["s", "m", " c"]);
    expect(ids(recordOf({ ...bare, sessionID: "s", sessionId: "own" }))).toEqual(["own", null, null]);
    expect(ids(recordOf({ ...bare, sessionId: "", callID: "c" }))).toEqual([null, null, "c"]);
  });

  test.each([
    ["2027-01-31T12:00:00Z", Date.UTC(2027, 0, 31, 12)],
    ["2027-01-31T14:00:00.250+02:00", Date.UTC(2027, 0, 31, 12, 0, 0, 250)],
    ["2027-01-31T12:00:00.123456+00:00", Date.UTC(2027, 0, 31, 12, 0, 0, 123)],
    [1_801_396_800_000.4, 1_801_396_800_000],
  ])("says when it was as %j", (at, epochMs) => {
    expect(recordOf(line("intent", { at })).at).toBe(epochMs);
  });

  test("may give the time of each chunk or their mean", () => {
    const times = (chunkMs: unknown) => (recordOf(line("rlm", { chunkMs })) as { chunkMs: unknown }).chunkMs;
    expect([times([1, 2.5]), times(40), times(null)]).toEqual([[1, 2.5], [40], []]);
  });

  test("has its names cut where they are long", () => {
    const { name } = recordOf(line("skill", { name: ` ${"long".repeat(100)} ` })) as { name: string };
    expect([name.length, name.slice(0, 4), name.at(-1)]).toEqual([200, "long", "…"]);
  });
});

describe("a bad line is refused, with the reason", () => {
  test.each([
    [undefined, "it is no JSON object"],
    ["skill", "it is no JSON object"],
    [[], "kind is missing"],
    [{ sessionId: "s" }, "kind is missing"],
    [{ ...line("skill"), kind: "mood" }, "kind must be skill, edit, rlm or intent"],
    [{ kind: "skill", sessionId: "s" }, "name is missing"],
    [{ kind: "edit", sessionId: "s" }, "format is missing"],
    [{ kind: "rlm", sessionId: "s" }, "chunkCount is missing"],
    [{ kind: "intent", sessionId: "s" }, "label is missing"],
    [{ kind: "skill", name: "a" }, "it names no session, message or call"],
    [line("skill", { sessionId: 7 }), "sessionId must be a text"],
    [line("skill", { callId: "c".repeat(201) }), "callId must have at most 200 characters"],
    [line("skill", { name: null }), "name must be a text"],
    [line("skill", { name: " " }), "name must not be empty"],
    [line("skill", { tokens: -1 }), "tokens must be a number of 0 or more"],
    [line("skill", { tokens: 1.5 }), "tokens must be a whole number"],
    [line("skill", { tokens: 2 ** 53 }), "tokens is too large"],
    [line("skill", { durationMs: "4 s" }), "durationMs must be a number of 0 or more"],
    [line("skill", { durationMs: Number.POSITIVE_INFINITY }), "durationMs is too large"],
    [line("skill", { success: "yes" }), "success must be true or false"],
    [line("skill", { at: 1_801_396_800 }), "at must be milliseconds since 1970, or a time like 2027-01-31T12:00:00Z"],
    [line("skill", { at: "2027-01-31" }), "at must be milliseconds since 1970, or a time like 2027-01-31T12:00:00Z"],
    [line("edit", { attempts: 0 }), "attempts must be 1 or more"],
    [line("edit", { file: "" }), "file must not be empty"],
    [line("edit", { file: "f".repeat(4_097) }), "file must have at most 4096 characters"],
    [line("rlm", { mode: "both" }), "mode must be parallel or sequential"],
    [line("rlm", { accuracy: 95 }), "accuracy must be a number from 0 to 1"],
    [line("rlm", { chunkMs: [1, "2"] }), "chunkMs must be a number of 0 or more, or a list of them"],
    [line("rlm", { chunkMs: Array(50_001).fill(1) }), "chunkMs has too many entries"],
    [line("intent", { confidence: -0.1 }), "confidence must be a number from 0 to 1"],
  ])("case %#", (value, problem) => {
    expect(problemOf(value)).toBe(problem);
  });

  test.each(EVERY_RECORD)("which repeats nothing of it, whatever field of kind $kind is wrong", (record) => {
    for (const key of Object.keys(record))
      for (const wrong of ["planted", ["planted"], { planted: "planted" }, "planted".repeat(1_000)])
        expect(problemOf({ ...record, [key]: wrong }) ?? "").not.toContain("planted");
  });
});

test("the README shows a line of each kind, and every field that a kind must or may have", () => {
  const readme = readFileSync(packageFile("README.md"), "utf8");
  const shown = readme.split("\n").filter((text) => text.startsWith('{"kind":'));
  expect(shown.map((text) => recordOf(JSON.parse(text)).kind)).toEqual(KINDS);
  for (const { kind, ...record } of EVERY_RECORD) {
    const row = new RegExp(`^\\| \`${kind}\`.*$`, "m").exec(readme)?.[0] ?? "";
    const own = Object.keys(record).filter((key) => !/^at$|Id$/.test(key));
    expect(own.filter((key) => !row.includes(`\`${key}\``))).toEqual([]);
  }
});

test("schema/telemetry-1.json says the same (npm run schema makes it anew)", () => {
  const args = ["scripts/schema.mjs", "telemetry-1"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: packageFile("."), encoding: "utf8" });
  const kinds = JSON.parse(stdout).oneOf.map(({ properties }: { properties: object }) => Object.keys(properties));
  expect(kinds.map((keys: string[]) => keys.filter((key) => !/ID$/.test(key)))).toEqual(
    EVERY_RECORD.map((record) => Object.keys(record)),
  );
  expect(stdout === readFileSync(packageFile("schema", "telemetry-1.json"), "utf8")).toBe(true);
});
