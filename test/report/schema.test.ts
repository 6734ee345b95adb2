import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { packageFile } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { misplaced } from "../../src/report/misplaced.js";
import { comparisonSchema } from "../../src/report/schema/comparison.js";
import { checkedReport } from "../../src/report/schema.js";
import { compared } from "../support/compared.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";

const report = analyze(
  sessionFromText("session 0..100\n  turn 0..100\n    step 0..100\n      model 0..40\n      bash 50..90"),
  "test",
);

/** The report as JSON, with one value in it written otherwise. */
function changed(path: string, json: string): unknown {
  const value = JSON.parse(JSON.stringify(report));
  const keys = path.split(".");
  const last = keys.pop() as string;
  const at = keys.reduce((inner, key) => inner[key], value);
  at[last] = "CHANGED";
  return JSON.parse(JSON.stringify(value).replace('"CHANGED"', json));
}

function problemOf(value: unknown): string | null {
  const read = checkedReport(value);
  return "problem" in read ? read.problem : misplaced(read.report);
}

test.each(RECORDED)("$name: every report is one, to the last byte", async ({ path }) => {
  for (const session of await loadRoots(path)) {
    const json = JSON.stringify(analyze(redacted(session, "paths"), "test"));
    const read = checkedReport(JSON.parse(json)) as { report: Report };
    expect(JSON.stringify(read.report) === json).toBe(true);
    expect(misplaced(read.report)).toBe(null);
  }
});

describe("what is no report is told from one", () => {
  test.each([
    ["a text where a figure belongs", "summary.wallMs", '"<script>alert(1)</script>"', /^summary\.wallMs: .*number/],
    ["a figure beyond all numbers", "summary.activeMs", "1e999", /^summary\.activeMs: /],
    ["a negative length", "spans.3.selfMs", "-1", /^spans\.3\.selfMs: /],
    ["an unknown state", "spans.3.state", '"dreaming"', /^spans\.3\.state: /],
    ["null where a figure must be known", "time.modelCalls.0.overheadMs", "null", /^time\.modelCalls\.0\.overheadMs: /],
    ["a version of another kind", "version", "0", /^version: /],
    ["a table that is none", "tokens.byMessage", "{}", /^tokens\.byMessage: /],
    ["a span of which half is missing", "spans.2", "{}", /^spans\.2\.parent: /],
  ])("%s", (_, path, json, problem) => {
    expect(problemOf(changed(path, json))).toMatch(problem);
  });

  test.each([
    ["a span that lies in itself", "spans.2.parent", "2", "spans.2 lies in no span before it"],
    ["a span that lies in a later one", "spans.2.parent", "4", "spans.2 lies in no span before it"],
    ["a second root", "spans.2.parent", "-1", "spans.2 lies in no span before it"],
    ["a second session", "spans.2.kind", '"session"', "spans.2 lies in no span before it"],
    ["no session", "spans.0.kind", '"wait"', "spans.0 lies in no span before it"],
    ["a span that ends before it begins", "spans.4.startMs", "95", "spans.4 ends before it begins"],
    ["a row about no span", "time.toolCalls.0.spanId", "5", "time.toolCalls names a span that is not there"],
    ["a ledger without states", "time.ledger", "[]", "time.ledger has not each state once"],
  ])("%s", (_, path, json, problem) => {
    expect(problemOf(changed(path, json))).toBe(problem);
  });

  test("a span that lies in one that was left before", () => {
    const { spans, ...rest } = JSON.parse(JSON.stringify(report));
    const next = (parent: number) => ({ ...rest, spans: [...spans, { ...spans.at(-1), parent }] });
    expect(spans.map(({ kind }: { kind: string }) => kind)).toEqual(["session", "turn", "step", "model", "tool"]);
    expect([0, 1, 2, 4].map((parent) => problemOf(next(parent)))).toEqual([null, null, null, null]);
    expect(problemOf(next(3))).toBe("spans.5 lies in no span before it");
  });

  test.each(["summary.costUsd", "summary.tokens.total", "session.startedAt", "tokens.byMessage.0.costUsd"])(
    "%s below nothing, which would pass every budget",
    (path) => expect(problemOf(changed(path, "-1"))).toMatch(/Expected >=0 but received -1/),
  );

  test("not even an object", () => {
    for (const value of [null, [], 1, "report", true]) expect(problemOf(value)).toMatch(/Invalid (type|key)/);
  });
});

test("what it does not name is left out, and what it names keeps its place", () => {
  const { session, ...rest } = JSON.parse(JSON.stringify(report));
  const more = JSON.parse('{"__proto__": {"polluted": true}, "later": {"deep": [1]}}');
  const read = checkedReport({ ...more, ...rest, session: { secret: "x", ...session } }) as { report: Report };
  const { session: own, ...others } = read.report;
  expect(JSON.stringify(others)).toBe(JSON.stringify(rest));
  expect(Object.keys(read.report).at(-1)).toBe("session");
  expect(JSON.stringify(own)).toBe(JSON.stringify(session));
});

test("schema/report-1.json says the same (npm run schema makes it anew)", () => {
  const { stdout } = spawnSync(process.execPath, ["scripts/schema.mjs"], { cwd: packageFile("."), encoding: "utf8" });
  expect(JSON.parse(stdout)).toHaveProperty("properties.spans.items.properties.parent");
  expect(stdout === readFileSync(packageFile("schema", "report-1.json"), "utf8")).toBe(true);
});

describe("a comparison", () => {
  const found = compared([report], [report, report]);

  test("is what its schema says, with no field that it does not name", () => {
    expect(v.parse(comparisonSchema, JSON.parse(JSON.stringify(found)))).toEqual(JSON.parse(JSON.stringify(found)));
    expect(v.is(comparisonSchema, { ...found, ledger: null })).toBe(false);
  });

  test("schema/comparison-1.json says the same (npm run schema makes it anew)", () => {
    const args = ["scripts/schema.mjs", "comparison-1"];
    const { stdout } = spawnSync(process.execPath, args, { cwd: packageFile("."), encoding: "utf8" });
    expect(JSON.parse(stdout)).toHaveProperty("properties.summary.properties.wallMs");
    expect(stdout === readFileSync(packageFile("schema", "comparison-1.json"), "utf8")).toBe(true);
  });
});
