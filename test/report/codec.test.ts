import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bigSession } from "../../scripts/bench/big-session.mjs";
import { timingBytes } from "../../scripts/bench/timing-bytes.mjs";
import { analyze } from "../../src/analyze/index.js";
import type { Report, ToolCallRow } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { decodedReport, encodedReport } from "../../src/report/codec.js";
import { columnsOf, type Json, jsonOf } from "../../src/report/columns.js";
import { loadRoots, RECORDED, temporaryFolder } from "../support/fixtures.js";
import { chainOfDrafts, spanDrafts } from "../support/random-spans.js";
import { sessionFromDrafts, sessionFromText } from "../support/session-text.js";

describe("columns", () => {
  test("hold every text once, and what has the same name together", () => {
    const rows = [
      { tool: "read", ms: 100 },
      { tool: "bash", ms: 104 },
      { tool: "read", ms: 109 },
    ];
    const { texts, values } = columnsOf(rows);
    expect(texts.texts).toEqual(["read", "bash"]);
    expect(JSON.stringify(values)).toContain('"tool":["t",[0,1,-1]],"ms":["d",[100,4,5]]');
  });

  test("give any value back, its keys in their order", () => {
    const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
    const rows = fc.array(fc.record({ a: json, b: fc.nat(), c: fc.string() }, { requiredKeys: ["b"] }));
    fc.assert(
      fc.property(fc.oneof(json, rows as fc.Arbitrary<Json>), (value) => {
        const back = jsonOf(JSON.parse(JSON.stringify(columnsOf(value))));
        expect(JSON.stringify(back)).toBe(JSON.stringify(value));
      }),
      { numRuns: 2_000 },
    );
  });

  test("keep a key that has a meaning for objects", () => {
    const value = JSON.parse('[{"__proto__":{"a":1},"constructor":"b"},{"__proto__":null}]') as Json;
    expect(JSON.stringify(jsonOf(columnsOf(value)))).toBe(JSON.stringify(value));
  });

  test("name a text by its place where the steps between places are of many kinds", () => {
    const tools = ["read", "bash", "grep"];
    const names = Array.from({ length: 900 }, (_, i) => (i % 2 === 0 ? `step ${i}` : (tools[(i * i) % 3] as string)));
    const columns = columnsOf(names);
    expect(JSON.stringify(columns.values)).toContain('["n",[0,');
    expect(jsonOf(JSON.parse(JSON.stringify(columns)))).toEqual(names);
  });

  test("keep what a number is: fractions, what is beyond the safe, and signs", () => {
    for (const value of [[0.1, 0.3], [2 ** 60, 1], [-5, 3, -5], [1e21], [null, 1, null, 2.5]])
      expect(jsonOf(columnsOf(value))).toEqual(value);
  });
});

test.each(RECORDED)("$name: the Report comes back from its bytes as it was", async ({ path }) => {
  for (const session of await loadRoots(path)) {
    expectSame(analyze(session, "test"));
  }
});

test("any session's Report comes back as it was, whatever a broken record held", () => {
  fc.assert(
    fc.property(spanDrafts, (drafts) => expectSame(analyze(sessionFromDrafts(drafts), "test"))),
    { numRuns: 300 },
  );
});

test("what a row's span says is not said again, and comes back where the row says something else", () => {
  const report = analyze(sessionFromText(CALLS), "test");
  const { columns } = JSON.parse(encodedReport(report));
  expect(JSON.stringify(columns)).toContain('"target":["r",[true,true,true]],"calledAt":["r",[0,0,0]]');
  const { time } = report;
  const others: readonly Partial<ToolCallRow>[] = [
    { target: "b.ts", startedAt: 7, durationMs: null },
    { status: "error", callId: "", endedAt: 0.5, durationMs: 3.25 },
    { spanId: 999 },
  ];
  const toolCalls = time.toolCalls.map((row, i) => ({ ...row, ...others[i] }));
  expectSame({ ...report, time: { ...time, toolCalls } });
});

test("spans that are not in pre-order come back as they are", () => {
  const report = analyze(sessionFromText(CALLS), "test");
  const spans = report.spans.map((span, id) => (id === report.spans.length - 1 ? { ...span, parent: 99 } : span));
  expectSame({ ...report, spans });
  expectSame({ ...report, spans: [...report.spans].reverse() });
  expectSame({ ...report, spans: [] });
});

test("spans one inside the other, 50,000 deep, come back", () => {
  expectSame(analyze(sessionFromDrafts(chainOfDrafts(50_000)), "test"));
});

const CALLS = `
session 0..100
  turn 0..100
    read 10..50 a.ts
    read 50..60 a.ts
    bash 70..90 make
`;

function expectSame(report: Report): void {
  expect(JSON.stringify(decodedReport(encodedReport(report)))).toBe(JSON.stringify(report));
}

test("times that are fractions come back as they are", () => {
  const report = analyze(sessionFromText("session 0..100\n  turn 0..100\n    bash 10..50"), "test");
  const spans = report.spans.map((span) => ({ ...span, startMs: span.startMs + 0.1, endMs: span.endMs + 0.7 }));
  expect(JSON.stringify(decodedReport(encodedReport({ ...report, spans })))).toBe(JSON.stringify({ ...report, spans }));
});

test("times take at most ten bytes a span in the page", async () => {
  const path = join(temporaryFolder(), "export.json");
  writeFileSync(path, bigSession(2_000));
  const [session] = await loadRoots(path);
  const report = analyze(session as Session, "test");
  expect((await timingBytes(report)) / report.spans.length).toBeLessThanOrEqual(10);
});
