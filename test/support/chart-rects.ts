import { expect } from "vitest";
import { type FlameChart, flameChart } from "../../src/flame/flame-chart.js";
import { frame, type View, widthWithGap } from "../../src/flame/frame.js";
import { outlineOf, spanPaint } from "../../src/flame/palette.js";
import type { Report, ReportSpan } from "../../src/model/report.js";

/** A rectangle of a chart and the kind of thing that it is. */
export interface Rect {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Runs in the page: the bars of the interactive chart, without what stands out over them. */
export function drawnRects(): Rect[] {
  const over = ["grid", "fold", "lit", "halo", "hits", "hovered", "selected"];
  const paths = [...globalThis.document.querySelectorAll("svg.live path[class]")];
  const fills = paths.filter(({ classList }) => !over.some((name) => classList.contains(name)));
  return fills.flatMap((path) => {
    const found = (path.getAttribute("d") ?? "").matchAll(/M(\S+) (\S+)h(\S+)v(\S+)h\S+z/g);
    return [...found].map(([, ...figures]) => {
      const [x = 0, y = 0, width = 0, height = 0] = figures.map(Number);
      return { name: path.classList[0] ?? "", x, y, width, height };
    });
  });
}

/** Runs in the page: the bars of the picture without a script. */
export function stillRects(): Rect[] {
  const groups = [...globalThis.document.querySelectorAll(".still svg.flame > g[class]")];
  return groups.flatMap((group) => {
    const name = group.getAttribute("class") ?? "";
    const places = [...group.querySelectorAll("rect, path")].flatMap((bar) => {
      if (bar.tagName === "rect") return [["x", "y", "width", "height"].map((key) => bar.getAttribute(key))];
      const found = (bar.getAttribute("d") ?? "").matchAll(/M(\S+) (\S+)h([\d.]+)v([\d.]+)h\S+?z/g);
      return [...found].map(([, ...figures]) => figures);
    });
    return places.map((figures) => {
      const [x = 0, y = 0, width = 0, height = 0] = figures.map(Number);
      return { name, x, y, width, height };
    });
  });
}

/** What the chart has to draw, by the geometry alone. */
export function expectedRects(
  { spans }: Report,
  widthPx: number,
  { rowPx = 22, view = { from: 0, to: widthPx } as View, chart = flameChart(spans, widthPx) as FlameChart } = {},
): Rect[] {
  const { bars, marks } = frame(chart, view, widthPx);
  return [
    ...bars.map(({ box, x, width }) => ({ id: box.id, row: box.row, x, width: widthWithGap(width) })),
    ...marks.map(({ longest, row, x, width }) => ({ id: longest.id, row, x, width })),
  ].map(({ id, row, x, width }) => {
    const paint = spanPaint(spans[id] as ReportSpan);
    const inset = outlineOf(paint) ? Math.min(0.5, width / 4) : 0;
    const y = row * rowPx + inset;
    return { name: paint.className, x: x + inset, y, width: width - 2 * inset, height: rowPx - 2 - 2 * inset };
  });
}

/** The same rectangles, to a tenth of a pixel, in whatever order. */
export function expectSameRects(found: readonly Rect[], expected: readonly Rect[], toPx = 0.11): void {
  const inOrder = (rects: readonly Rect[]) => [...rects].sort((a, b) => a.y - b.y || a.x - b.x || a.width - b.width);
  const [all, wanted] = [inOrder(found), inOrder(expected)];
  expect(all.map(({ name, y }) => [name, Math.round(y)])).toEqual(wanted.map(({ name, y }) => [name, Math.round(y)]));
  const farthest = all.map((rect, i) => distance(rect, wanted[i] as Rect));
  expect(Math.max(...farthest)).toBeLessThanOrEqual(toPx);
}

function distance(a: Rect, b: Rect): number {
  return Math.max(...(["x", "y", "width", "height"] as const).map((key) => Math.abs(a[key] - b[key])));
}
