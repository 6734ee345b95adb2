import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bigSession } from "../../scripts/bench/big-session.mjs";
import { timingBytes } from "../../scripts/bench/timing-bytes.mjs";
import { analyze } from "../../src/analyze/index.js";
import type { Session } from "../../src/model/session.js";
import { decodedReport, encodedReport } from "../../src/report/codec.js";
import { columnsOf, type Json, jsonOf } from "../../src/report/columns.js";
import { loadRoots, RECORDED, temporaryFolder } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";

describe("columns", () => {
  test("hold every text once, and what has the same name together", () => {
    const rows = [
      { tool: "read", ms: 100 },
      { tool: "bash", ms: 104 },
      { tool: "read", ms: 109 },
    ];
    const { texts, values } = columnsOf(rows);
    expect(texts).toEqual(["read", "bash"]);
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

  test("keep what a number is: fractions, what is beyond the safe, and signs", () => {
    for (const value of [[0.1, 0.3], [2 ** 60, 1], [-5, 3, -5], [1e21], [null, 1, null, 2.5]])
      expect(jsonOf(columnsOf(value))).toEqual(value);
  });
});

test.each(RECORDED)("$name: the Report comes back from its bytes as it was", async ({ path }) => {
  for (const session of await loadRoots(path)) {
    const report = analyze(session, "test");
    expect(JSON.stringify(decodedReport(encodedReport(report)))).toBe(JSON.stringify(report));
  }
});

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
