import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PerformanceReport } from "../../src/model/performance-report.js";
import { SessionMetrics } from "../../src/recorder/session-metrics.js";

const OWN = { kind: "operation", sessionId: "ses_a", name: null, ok: true, metadata: {} } as const;
const operation = (type: string, durationMs: number, more: object = {}) => {
  return { ...OWN, at: 10_000, startedAt: 10_000 - durationMs, type, durationMs, ...more };
};

function metricsOf(lines: readonly unknown[], mostKept = 1000): SessionMetrics {
  const metrics = new SessionMetrics("ses_a", mostKept);
  for (const line of lines) metrics.addLine(line);
  return metrics;
}

const reportOf = (lines: readonly unknown[], mostKept?: number) =>
  metricsOf(lines, mostKept).report() as PerformanceReport;

describe("what a recording's lines tell of operations", () => {
  const memory = { kind: "memory", at: 1, heapUsed: 1, heapTotal: 2, external: 3, rss: 4 };
  const request = { kind: "request", at: 2, model: "p/m" };

  test.each([
    [
      { kind: "tool", at: 90, startedAt: 50, tool: "read", durationMs: 40.5, ok: true, inputBytes: 5, outputBytes: 6 },
      { type: "tool-execution", name: "read", startedAt: 50, durationMs: 40.5, ok: true },
    ],
    [
      { kind: "stream-end", at: 90, requestMs: 30, streamedMs: 10, ok: true },
      { type: "model-call", name: "p/m", startedAt: 60, durationMs: 30, ok: true },
    ],
    [
      { kind: "retry", at: 90, requestMs: 20, reason: "429" },
      { type: "model-call", name: "p/m", durationMs: 20, ok: false },
    ],
    [
      { kind: "permission", at: 90, waitedMs: 70, reply: "reject", permission: "bash" },
      { type: "permission", name: "bash", startedAt: 20, durationMs: 70, ok: false },
    ],
    [operation("indexing", 7, { metadata: { files: 3 } }), { type: "indexing", durationMs: 7, metadata: { files: 3 } }],
  ])("%j", (line, told) => {
    const [metric, ...others] = metricsOf([memory, request, line]).kept;
    expect(metric).toMatchObject({ ...told, memory: { heapUsed: 1, heapTotal: 2, external: 3, rss: 4 } });
    expect(others).toEqual([]);
  });

  test("sizes are kept of a tool, and nothing else", () => {
    const tool = {
      kind: "tool",
      at: 1,
      startedAt: 1,
      tool: "read",
      durationMs: 1,
      ok: true,
      inputBytes: 5,
      outputBytes: 6,
    };
    expect(metricsOf([{ ...tool, args: "text" }]).kept[0]?.metadata).toEqual({ inputBytes: 5, outputBytes: 6 });
  });

  test("an attempt whose length is not known is no operation", () => {
    const lines = [
      { kind: "retry", at: 1, requestMs: null },
      { kind: "stream-end", at: 1, requestMs: null, ok: true },
    ];
    expect([metricsOf(lines).report(), metricsOf([request, memory]).report()]).toEqual([null, null]);
  });

  test("lines of any shape do no harm", () => {
    const kind = fc.constantFrom("tool", "stream-end", "retry", "permission", "operation", "memory", "request");
    const line = fc.oneof(fc.anything(), fc.record({ kind, at: fc.anything(), durationMs: fc.anything() }));
    fc.assert(fc.property(fc.array(line), (lines) => void metricsOf(lines).report()));
  });
});

describe("the figures", () => {
  test("are over all operations, and by type", () => {
    const lines = [operation("a", 10), operation("a", 20, { ok: false }), operation("b", 60)];
    expect(reportOf(lines)).toEqual({
      ...{ sessionId: "ses_a", totalOperations: 3, failedOperations: 1 },
      ...{ averageLatency: 30, maxLatency: 60, minLatency: 10, stdDevLatency: 26.46 },
      ...{ p50Latency: 20, p95Latency: null, p99Latency: null, kept: 3 },
      operationBreakdown: {
        a: {
          ...{ count: 2, failed: 1, avgLatency: 15, totalTime: 30, maxLatency: 20, minLatency: 10 },
          ...{ stdDevLatency: 7.07, p50Latency: 15, p95Latency: null, p99Latency: null, kept: 2 },
        },
        b: {
          ...{ count: 1, failed: 0, avgLatency: 60, totalTime: 60, maxLatency: 60, minLatency: 60 },
          ...{ stdDevLatency: null, p50Latency: 60, p95Latency: null, p99Latency: null, kept: 1 },
        },
      },
      memoryUsage: null,
    });
  });

  test("a p95 needs 20 operations, a p99 a hundred", () => {
    const upTo = (count: number) => reportOf(Array.from({ length: count }, (_, i) => operation("a", i + 1)));
    expect([19, 20, 99, 100].map((count) => [upTo(count).p95Latency, upTo(count).p99Latency])).toEqual([
      [null, null],
      [19.05, null],
      [94.1, null],
      [95.05, 99.01],
    ]);
  });

  test("count every operation, of which the newest are kept", () => {
    const lines = Array.from({ length: 25 }, (_, i) => operation("a", i + 1));
    const metrics = metricsOf(lines, 10);
    expect(metrics.kept.map(({ durationMs }) => durationMs)).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    expect(metrics.report()).toMatchObject({
      totalOperations: 25,
      averageLatency: 13,
      minLatency: 1,
      kept: 10,
      p50Latency: 20.5,
    });
  });

  test("are the same in one go and in two, one after the other was saved", () => {
    const length = fc.integer({ min: 0, max: 1e7 }).map((hundredths) => hundredths / 100);
    const line = fc.record({ type: fc.constantFrom("a", "b", "__proto__"), length, ok: fc.boolean() });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.nat(30), (drawn, cut) => {
        const lines = drawn.map(({ type, length: ms, ok }) => operation(type, ms, { ok }));
        const [first, second] = [metricsOf(lines.slice(0, cut)), metricsOf(lines.slice(cut))];
        const earlier = first.report();
        if (earlier) second.addEarlier(JSON.parse(JSON.stringify(earlier)), first.kept);
        const { stdDevLatency: joined, ...twice } = second.report() as PerformanceReport;
        const { stdDevLatency: whole, ...once } = reportOf(lines);
        expect(flat(twice)).toEqual(flat(once));
        expect(Math.abs((joined ?? 0) - (whole ?? 0))).toBeLessThan(0.05);
      }),
    );
  });

  test("have a bounded number of types: further ones are counted together", () => {
    const { operationBreakdown, totalOperations } = reportOf(
      Array.from({ length: 80 }, (_, i) => operation(`type ${i}`, 1)),
    );
    expect([Object.keys(operationBreakdown).length, operationBreakdown.other?.count, totalOperations]).toEqual([
      51, 30, 80,
    ]);
  });
});

/** Types in one order, without the deviations, which are rounded when they are saved. */
function flat({ operationBreakdown, ...report }: Omit<PerformanceReport, "stdDevLatency">) {
  const types = Object.entries(operationBreakdown).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...report, types: types.map(([type, { stdDevLatency: _, ...stats }]) => [type, stats]) };
}
