import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { misplaced } from "../../src/report/misplaced.js";
import { checkedReport } from "../../src/report/schema.js";
import { upgraded } from "../../src/report/upgrades.js";

const folder = packageFile("test", "fixtures", "reports");
const written = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
const names = readdirSync(folder).flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? []);

function read(name: string): Report {
  const checked = checkedReport(upgraded(written(name)));
  if ("problem" in checked) throw new Error(checked.problem);
  expect(misplaced(checked.report)).toBe(null);
  return checked.report;
}

describe.each(names)("the example by the release %s", (name) => {
  test("is read, with every figure that was in it", () => {
    const { notes, ...old } = written(name);
    const report = read(name);
    expect(report.notes.slice(-notes.length)).toEqual(notes);
    expect(report).toMatchObject(old);
  });

  test("is then a report of this release", () => {
    const report = read(name);
    expect(upgraded(report)).toEqual(report);
    expect(JSON.stringify(upgraded(report))).toBe(JSON.stringify(report));
  });
});

test("what a release did not work out is named, once in the notes, and stays empty or unknown", () => {
  const lacks = names.map((name) => [name, read(name).lacks ?? []]);
  expect(lacks).toEqual([
    ["1-first", ["critical-path", "prompts", "suggestions", "skills"]],
    ["10-skills", []],
    ["2-origins", ["critical-path", "prompts", "suggestions", "skills"]],
    ["3-stores", ["critical-path", "prompts", "suggestions", "skills"]],
    ["4-critical-path", ["prompts", "suggestions", "skills"]],
    ["5-tables", ["prompts", "suggestions", "skills"]],
    ["6-prompts", ["suggestions", "skills"]],
    ["7-chart", ["suggestions", "skills"]],
    ["8-suggestions", ["skills"]],
    ["9-redaction", ["skills"]],
  ]);
  expect(read("10-skills").notes).toEqual(written("10-skills").notes);
  const { time, tokens, suggestions, redaction, notes, skills, unusedSkills } = read("1-first");
  expect(notes[0]?.text).toBe(
    "The report was made by an earlier release, which did not work out critical paths, what prompts were made of, suggestions and skills, edits and iterations.",
  );
  expect([skills, unusedSkills]).toEqual([[], null]);
  expect([time.criticalPath, time.parallelSavingsMs, tokens.composition, suggestions, redaction]).toEqual([
    ...[[], null, [], []],
    null,
  ]);
  expect(new Set(tokens.byMessage.map(({ origin, role }) => `${role} ${origin}`))).toEqual(
    new Set(["user unknown", "assistant answer"]),
  );
  expect(time.modelCalls[0]).toMatchObject({ reasoningMs: null, textMs: null, retryMs: null, waitedTimesLonger: null });
});

test("subagents of which nothing is said are named too", () => {
  const old = written("1-first");
  const { lacks } = upgraded({ ...old, summary: { ...old.summary, subagents: 2 } }) as Report;
  expect(lacks).toEqual(["critical-path", "subagents", "prompts", "suggestions", "skills"]);
});

test("what other fields say already is what later releases say", () => {
  const [first, last] = [read("1-first"), read("9-redaction")];
  const timed = ({ time }: Report) => time.operations.map(({ operation, timed }) => [operation, timed]);
  expect(timed(first)).toEqual(timed(last));
  const bases = ({ tokens, summary }: Report) => [
    summary.costBasis,
    ...[...tokens.byMessage, ...tokens.byModel].map(({ costBasis }) => costBasis),
  ];
  expect(bases(first)).toEqual(bases(last));
  const overheadMs = ({ time, spans }: Report) =>
    time.modelCalls.map((call) => call.overheadMs === spans[spans[call.spanId]?.parent ?? -1]?.selfMs);
  expect(overheadMs(first)).toEqual(first.time.modelCalls.map(() => true));
});

test.each([
  [null, 1_000, "no-price"],
  [null, 0, null],
  [0, 1_000, "free"],
  [0.1, 1_000, "recorded"],
])("a cost of %s for %s tokens was known as %s", (costUsd, total, costBasis) => {
  const old = written("1-first");
  const summary = { ...old.summary, costUsd, tokens: { ...old.summary.tokens, total }, costBasis: "unknown" };
  expect((upgraded({ ...old, summary }) as Report).summary.costBasis).toBe(costBasis);
});

test("what is no report comes back as it is", () => {
  for (const value of [null, 1, "x", [], [1]]) expect(upgraded(value)).toEqual(value);
  const odd = { time: { operations: [null, 3], modelCalls: {} }, tokens: [], spans: "none", summary: 1, notes: 2 };
  expect(upgraded(odd)).toMatchObject({ ...odd, time: { operations: [null, 3], modelCalls: {} } });
});
