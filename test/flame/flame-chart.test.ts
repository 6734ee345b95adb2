import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { fitLabel, textWidth } from "../../src/flame/fit-label.js";
import { flameChart } from "../../src/flame/flame-chart.js";
import { spanLabels } from "../../src/flame/span-labels.js";
import { loadTitled, recordedPath } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";

function chartOf(text: string, widthPx = 1000) {
  const report = analyze(sessionFromText(text), "test");
  return { ...flameChart(report.spans, spanLabels(report), widthPx), spans: report.spans };
}

test("a model call is drawn as its wait and its output, side by side in one row", () => {
  const { bars, spans } = chartOf(`
    session 0..1000
      turn 0..1000
        step 0..1000
          model 0..1000 first 300`);
  const inRow = bars
    .filter(({ row }) => row === 3)
    .map(({ spanId, x, width, label }) => [spans[spanId]?.kind, x, width, label]);
  expect(inRow).toEqual([
    ["model", 300, 700, "thinking · 700\u00a0ms"],
    ["wait", 0, 300, "wait · 300\u00a0ms"],
  ]);
});

test("spans under a pixel are joined to marks with their count, at least a pixel wide", () => {
  const { bars, marks } = chartOf(`
    session 0..10000
      turn 0..10000
        read 100..102
        read 104..106
        read 5000..5001`);
  expect(bars).toHaveLength(2);
  expect(marks.map(({ x, width, spanIds, ms }) => [x, width, spanIds.length, ms])).toEqual([
    [10, 1, 2, 4],
    [500, 1, 1, 1],
  ]);
});

test("a mark at the very end stays inside the chart", () => {
  expect(chartOf("session 0..100\n  read 100..100").marks).toMatchObject([{ x: 999, width: 1 }]);
});

test("a span of no length is a mark", () => {
  const { marks } = chartOf("session 0..100\n  read 50..50");
  expect(marks).toMatchObject([{ x: 500, width: 1, ms: 0 }]);
});

test("a file stands beneath the bar of its call where it fits", async () => {
  const session = await loadTitled(recordedPath("1.18.34 debug-auth"), "Debug Auth");
  const report = analyze(session, "test");
  const wide = flameChart(report.spans, spanLabels(report), 100_000);
  expect(wide.fileLabels.map(({ label }) => label)).toContain("middleware.ts");
  const narrow = flameChart(report.spans, spanLabels(report), 600);
  expect(narrow.fileLabels).toEqual([]);
});

test("a label is never wider than its room", () => {
  for (const text of ["#12 Here's the complete test file", "日本語のラベル", "WWWWWWWWWWWW", "iiiiiiiiiiiiiiiiiiii"]) {
    for (let room = 0; room < 300; room += 7) expect(textWidth(fitLabel(text, room, 11), 11)).toBeLessThanOrEqual(room);
  }
});

test("a label is cut with an ellipsis, and left out where less than three characters would be left", () => {
  expect(fitLabel("Can you fix it", 300, 11)).toBe("Can you fix it");
  expect(fitLabel("Can you fix it", 60, 11)).toBe("Can you…");
  expect(fitLabel("Can you fix it", 24, 11)).toBe("");
});
