import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { flameChart } from "../../src/flame/flame-chart.js";
import { rows } from "../../src/flame/rows.js";
import type { ReportSpan } from "../../src/model/report.js";
import { chainOfDrafts, spanDrafts } from "../support/random-spans.js";
import { sessionFromDrafts } from "../support/session-text.js";

const RUNS = { numRuns: 10_000 };
const reports = spanDrafts.map((drafts) => analyze(sessionFromDrafts(drafts), "test"));

test("the states partition the wall time exactly, as integers", () => {
  fc.assert(
    fc.property(reports, ({ time, summary, spans }) => {
      const ms = time.ledger.map((row) => row.ms);
      expect(ms.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
      expect(ms.reduce((a, b) => a + b, 0)).toBe(summary.wallMs);
      expect(summary.wallMs).toBe(spans[0]?.endMs);
    }),
    RUNS,
  );
});

test("self time is never negative and never more than the span", () => {
  fc.assert(
    fc.property(reports, ({ spans }) => {
      for (const { selfMs, startMs, endMs } of spans) expect(selfMs >= 0 && selfMs <= endMs - startMs).toBe(true);
    }),
    RUNS,
  );
});

test("a span's id is its index: parents stand before their children and hold them", () => {
  fc.assert(
    fc.property(reports, ({ spans }) => {
      for (const [id, { parent, startMs, endMs }] of spans.entries()) {
        if (id === 0) continue;
        const outer = spans[parent] as ReportSpan;
        expect(parent < id && startMs >= outer.startMs && endMs <= outer.endMs).toBe(true);
      }
    }),
    RUNS,
  );
});

test("spans that overlap never share a row", () => {
  fc.assert(
    fc.property(reports, ({ spans }) => {
      const { rowOf } = rows(spans, () => 0);
      const bars = spans.flatMap((span, i) => (span.kind === "wait" ? [] : [{ span, row: rowOf[i] }]));
      for (const [i, a] of bars.entries()) {
        for (const b of bars.slice(i + 1)) {
          const overlap = Math.min(a.span.endMs, b.span.endMs) - Math.max(a.span.startMs, b.span.startMs);
          expect(a.row === b.row && overlap > 0).toBe(false);
        }
      }
    }),
    RUNS,
  );
});

test("no bar is wider than its span, and no two bars of a row overlap", () => {
  fc.assert(
    fc.property(reports, (report) => {
      const chart = flameChart(report.spans, 1000);
      const { widthPx, scale } = chart;
      const bars = chart.rows.flat();
      const wallMs = report.summary.wallMs;
      for (const { id, x, width } of bars) {
        const { startMs, endMs } = report.spans[id] as ReportSpan;
        if (scale.folds.length === 0 && wallMs > 0)
          expect(width).toBeLessThanOrEqual(((endMs - startMs) / wallMs) * widthPx + 1e-6);
        expect(x >= -1e-6 && x + width <= widthPx + 1e-6).toBe(true);
      }
      for (const [i, a] of bars.entries()) {
        for (const b of bars.slice(i + 1)) {
          const overlap = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
          expect(a.row === b.row && overlap > 1e-6).toBe(false);
        }
      }
    }),
    RUNS,
  );
});

test("a turn's critical path partitions its wall time, each piece the own time of a span in it, saving no more than it is", () => {
  fc.assert(
    fc.property(reports, ({ spans, time }) => {
      const turns = spans.flatMap((span, id) => (span.kind === "turn" && span.parent === 0 ? [id] : []));
      for (const turnId of turns) {
        const { startMs, endMs } = spans[turnId] as ReportSpan;
        const path = time.criticalPath.filter((entry) => entry.turnId === turnId);
        expect(path.reduce((sum, { ms }) => sum + ms, 0)).toBe(endMs - startMs);
        for (const { spanId, ms, savesAtLeastMs, savesAtMostMs, state } of path) {
          const span = spans[spanId] as ReportSpan;
          expect(ms > 0 && ms <= span.endMs - span.startMs).toBe(true);
          expect(0 <= savesAtLeastMs && savesAtLeastMs <= savesAtMostMs && savesAtMostMs === ms).toBe(true);
          expect(state).toBe(span.state);
          expect(isWithin(spanId, turnId, spans)).toBe(true);
        }
      }
    }),
    RUNS,
  );
});

test("parallel work never costs time, and a subagent's states sum to the time in which it worked", () => {
  fc.assert(
    fc.property(reports, ({ time, spans }) => {
      expect(time.parallelSavingsMs).toBeGreaterThanOrEqual(0);
      for (const { ledger, wallMs, spanIds } of time.subagents) {
        expect(ledger.reduce((sum, { ms }) => sum + ms, 0)).toBe(wallMs);
        const lengths = spanIds.map((id) => (spans[id] as ReportSpan).endMs - (spans[id] as ReportSpan).startMs);
        expect(lengths.reduce((sum, ms) => sum + ms, 0)).toBe(wallMs);
      }
    }),
    RUNS,
  );
});

function isWithin(spanId: number, turnId: number, spans: readonly ReportSpan[]): boolean {
  let id = spanId;
  while (id > turnId) id = (spans[id] as ReportSpan).parent;
  return id === turnId;
}

test("a slow operation is never listed together with what it contains", () => {
  fc.assert(
    fc.property(reports, ({ slowest, spans }) => {
      const listed = new Set(slowest.map(({ spanId }) => spanId));
      for (const { spanId } of slowest) {
        for (let id = (spans[spanId] as ReportSpan).parent; id >= 0; id = (spans[id] as ReportSpan).parent)
          expect(listed.has(id)).toBe(false);
      }
    }),
    RUNS,
  );
});

test("a session 50,000 deep goes through analysis and geometry", () => {
  const report = analyze(sessionFromDrafts(chainOfDrafts(50_000)), "test");
  expect(report.spans).toHaveLength(50_000);
  expect(flameChart(report.spans, 1000).hiddenSpans).toBeGreaterThan(49_000);
});
