import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { estimatedGlyphs, fitLabel, textWidth } from "../../src/flame/fit-label.js";
import { barLabel, flameChart, type SpanBox } from "../../src/flame/flame-chart.js";
import type { ReportSpan } from "../../src/model/report.js";
import { baseName } from "../../src/report/format.js";
import { loadTitled, recordedPath } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";

const GLYPHS = estimatedGlyphs(11);

function chartOf(text: string, widthPx = 1000) {
  const { spans } = analyze(sessionFromText(text), "test");
  return { chart: flameChart(spans, widthPx), spans };
}

test("a model call is drawn as its wait and its output, side by side in one row", () => {
  const { chart, spans } = chartOf(`
    session 0..1000
      turn 0..1000
        step 0..1000
          model 0..1000 first 300`);
  expect(chart.rows[3]?.map(({ id, x, width, size }) => [spans[id]?.kind, x, width, size])).toEqual([
    ["wait", 0, 300, 300],
    ["model", 300, 700, 700],
  ]);
});

test("a bar says how long it took where there is room, else only what it is; idle time the other way round", () => {
  const { chart, spans } = chartOf("session 0..1000\n  turn 0..400\n  turn 600..1000");
  const label = (row: number, i: number, width: number) => {
    const box = chart.rows[row]?.[i] as SpanBox;
    return barLabel({ box, x: 0, width }, spans[box.id] as ReportSpan, "Turn 1", GLYPHS).replaceAll("\u00a0", " ");
  };
  expect([120, 60, 20].map((width) => label(1, 0, width))).toEqual(["Turn 1 · 400 ms", "Turn 1", ""]);
  expect(label(1, 1, 55)).toBe("200 ms");
});

test("a file stands beneath the bar of its call where it fits", async () => {
  const session = await loadTitled(recordedPath("1.18.34 debug-auth"), "Debug Auth");
  const { spans } = analyze(session, "test");
  const named = (widthPx: number) =>
    spans
      .filter((_span, i) => flameChart(spans, widthPx).hasFileRow[i])
      .map(({ files }) => baseName(files?.[0]?.path ?? ""));
  expect(named(100_000)).toContain("middleware.ts");
  expect(named(600)).toEqual([]);
});

test("a label is never wider than its room", () => {
  for (const text of ["#12 Here's the complete test file", "日本語のラベル", "WWWWWWWWWWWW", "iiiiiiiiiiiiiiiiiiii"]) {
    for (let room = 0; room < 300; room += 7)
      expect(textWidth(fitLabel(text, room, GLYPHS), GLYPHS)).toBeLessThanOrEqual(room);
  }
});

test("a label is cut in the middle, at the end where there is little room, and left out where less than three characters would be left", () => {
  expect(fitLabel("Can you fix it", 300, GLYPHS)).toBe("Can you fix it");
  expect(fitLabel("Can you fix it", 60, GLYPHS)).toBe("Can…x it");
  expect(fitLabel("src/auth/session.test.ts", 100, GLYPHS)).toBe("src/auth/…est.ts");
  expect(fitLabel("Can you fix it", 24, GLYPHS)).toBe("");
});

test("a label is never cut inside a character", () => {
  for (let room = 0; room < 120; room += 3)
    expect(fitLabel("🎉🎉🎉🎉🎉🎉", room, GLYPHS)).not.toMatch(/[\ud800-\udfff]/u);
});
