import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import type { Boxes } from "../../src/flame/boxes.js";
import { flameGraph, type MergedPicture } from "../../src/flame/flame-graph.js";
import { widthWithGap } from "../../src/flame/frame.js";
import { mergedNodes } from "../../src/flame/merge.js";
import { names, sandwich } from "../../src/flame/sandwich.js";
import { type Grouping, stacks, type Weight } from "../../src/flame/stacks.js";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, withChart } from "../support/chart-page.js";
import { expectedRects, expectSameRects } from "../support/chart-rects.js";

const GROUPINGS = ["name", "tool", "file", "model"] as const;
const WEIGHTS = ["time", "tokens", "cost"] as const;
const ANSWER = 46;
const BASH = 52;

describe.skipIf(!hasChromium).each(PLACES)("three pictures of one session, %s", (place) => {
  const browser = startedBrowser();

  const look = (use: (chart: ChartPage) => Promise<void>, options = {}) =>
    withChart(browser(), { place, ...options }, use);

  test("the flame graph, by everything and with every weight: merged by name, the heaviest first; and from its link", () =>
    look(async (chart) => {
      await radio(chart, "Flame graph").check({ force: true });
      for (const by of GROUPINGS)
        for (const weight of WEIGHTS) {
          await chart.frame.getByLabel("Merged").selectOption(by);
          await chart.frame.getByLabel("Width").selectOption(weight);
          await chart.drawn();
          expectMerged(await widths(chart), flameGraph(nodesOf(chart, by, weight), 1200).picture);
        }
      await chart.hashIs("#timeline&picture=graph&by=model&weight=cost");
      await expectSameInACopy(chart);
    }));

  test("the sandwich: one name, who called it and what it called; and from its link", () =>
    look(async (chart) => {
      await radio(chart, "Sandwich").check({ force: true });
      await chart.drawn();
      const nodes = nodesOf(chart, "name", "time");
      const middle = chart.frame.getByLabel("Name in the middle");
      expect(await middle.inputValue()).toBe(names(nodes)[0]?.name);
      expectMerged(await widths(chart), sandwich(nodes, names(nodes)[0]?.name ?? "", 1200).picture);
      await middle.selectOption("read");
      await chart.drawn();
      expectMerged(await widths(chart), sandwich(nodes, "read", 1200).picture);
      await chart.hashIs("#timeline&picture=sandwich&name=read");
      const copy = await chart.open(await chart.hash());
      expect(await copy.frame.getByLabel("Name in the middle").inputValue()).toBe("read");
      await expectSameInACopy(chart);
    }));

  test("what is merged is selected, zoomed to and told about like a span; and from its link", () =>
    look(
      async (chart) => {
        const { picture, nodes } = graph(chart);
        const id = nodes.findIndex(({ name }) => name === "AI thinking");
        const at = await pointOn(chart, picture, id);
        await chart.page.mouse.move(...at);
        await expect.poll(() => chart.frame.locator(".hover-card").innerText()).toContain("AI thinking");
        await chart.page.mouse.dblclick(...at);
        await chart.drawn();
        const { from, to } = await chart.view();
        const box = picture.rows.flat().find((one) => one.id === id);
        expect(to - from).toBeLessThan((box?.width ?? 0) * 1.05);
        expect(await chart.selected()).toContain("AI thinking");
        expect(await chart.frame.locator(".details").innerText()).toContain("Calls");
        await chart.hashIs(new RegExp(`^#timeline&picture=graph&zoom=.+&node=${id}$`));
        await expectSameInACopy(chart);
      },
      { hash: "#timeline&picture=graph" },
    ));

  test("a zoom of a flame graph as deep as it goes, and at its very beginning, is the same from its link", () =>
    look(
      async (chart) => {
        const { x, y } = await chart.svgBox();
        for (const at of [x + 0.5, x + 500]) {
          await chart.page.mouse.move(at, y + 5);
          for (let i = 0; i < 12; i++) await chart.wheel(0, -500, "Control");
          await chart.hashIs(/zoom=/);
          await expectSameInACopy(chart);
          await chart.frame.getByRole("button", { name: "Show all", exact: true }).click();
        }
      },
      { hash: "#timeline&picture=graph" },
    ));

  test.each([
    ["a model call", ANSWER, "model call"],
    ["a tool call", BASH, "bash"],
  ])("from %s to its callers and callees, and back to its largest piece in the flame chart", (_what, span, name) =>
    look(async (chart) => {
      await chart.click(span);
      const panel = chart.frame.locator(".details");
      await panel.getByRole("button", { name: "Callers and callees" }).click();
      await chart.drawn();
      expect(await chart.frame.getByLabel("Name in the middle").inputValue()).toBe(name);
      const { picture } = sandwich(nodesOf(chart, "name", "time"), name, 1200);
      expectMerged(await widths(chart), picture);
      await chart.page.mouse.click(...(await pointOn(chart, picture, 0)));
      await panel.getByRole("button", { name: "Its largest piece in the flame chart" }).click();
      await chart.drawn();
      expectSameRects(await chart.rects(), expectedRects(chart.report, 1200));
      expect(await chart.selected()).not.toBeNull();
      // Back, past the picture that was left.
      await chart.page.evaluate(() => history.back());
      await expect.poll(() => radio(chart, "Sandwich").isChecked()).toBe(true);
    }),
  );

  test("idle time is folded and unfolded; and from its link", () =>
    look(async (chart) => {
      const fold = chart.frame.getByLabel("Fold idle time");
      expect(await fold.isChecked()).toBe(false);
      const whole = await chart.rects();
      await fold.check();
      await chart.hashIs("#timeline&fold=always");
      await chart.drawn();
      expectSameRects(await chart.rects(), expectedRects(chart.report, 1200, { chart: await chart.geometry() }));
      expect(await chart.rects()).not.toEqual(whole);
      expect(await chart.frame.locator("path.fold").getAttribute("d")).not.toBe("");
      const hatch = /^url\((#.+)\)$/.exec((await chart.frame.locator("path.fold").getAttribute("fill")) ?? "")?.[1];
      expect(await chart.frame.locator(`pattern${hatch}`).count()).toBe(1);
      await expectSameInACopy(chart);
      await fold.uncheck();
      await chart.hashIs("#timeline&fold=never");
      await chart.drawn();
      expect(await chart.rects()).toEqual(whole);
    }));

  test("the critical path is lit and the rest is dim; and from its link", () =>
    look(async (chart) => {
      const whole = await chart.rects();
      await chart.frame.getByLabel("Critical path", { exact: true }).check();
      await chart.drawn();
      const lit = (one: ChartPage) => one.frame.locator("path.lit").getAttribute("d");
      expect(await lit(chart)).not.toBe("");
      expect(await chart.frame.locator('path.dim[d^="M"]').count()).toBeGreaterThan(0);
      expectSameRects(await chart.rects(), whole);
      await chart.hashIs("#timeline&path=1");
      const copy = await chart.open("#timeline&path=1");
      expect(await lit(copy)).toBe(await lit(chart));
      expect(await copy.frame.getByLabel("Critical path", { exact: true }).isChecked()).toBe(true);
    }));

  test("the way back leads through the pictures", () =>
    look(async (chart) => {
      await radio(chart, "Flame graph").check({ force: true });
      await chart.frame.getByLabel("Width").selectOption("tokens");
      await radio(chart, "Sandwich").check({ force: true });
      for (const hash of ["#timeline&picture=graph&weight=tokens", "#timeline&picture=graph", "#timeline"]) {
        await chart.page.evaluate(() => history.back());
        await chart.hashIs(hash);
      }
      await expect.poll(() => radio(chart, "Flame chart").isChecked()).toBe(true);
      await chart.drawn();
      expectSameRects(await chart.rects(), expectedRects(chart.report, 1200));
    }));
});

function radio({ frame }: ChartPage, name: string): Locator {
  return frame.getByRole("radio", { name, exact: true });
}

function nodesOf({ report }: ChartPage, by: Grouping, weight: Weight) {
  return mergedNodes(stacks(report, by, weight), report.session.title);
}

function graph(chart: ChartPage): MergedPicture {
  return flameGraph(nodesOf(chart, "name", "time"), 1200);
}

/** Where a merged box is, nothing being zoomed. */
async function pointOn(chart: ChartPage, { rows }: Boxes, id: number): Promise<[number, number]> {
  const svg = await chart.svgBox();
  const box = rows.flat().find((one) => one.id === id);
  if (!box) throw new Error(`nothing is drawn of ${id}`);
  return [svg.x + box.x + box.width / 2, svg.y + box.row * 22 + 8];
}

/** The bars that are wider than marks, row by row. */
async function widths(chart: ChartPage): Promise<number[][]> {
  const rects = (await chart.rects()).filter(({ width }) => width > 2);
  return rects.map(({ y, x, width }) => [Math.floor(y / 22), x, width]).sort(byPlace);
}

function expectMerged(found: readonly (readonly number[])[], { rows }: Boxes): void {
  const wanted = rows
    .flat()
    .map(({ row, x, width }) => [row, x, widthWithGap(width)])
    .filter(([, , width = 0]) => width > 2)
    .sort(byPlace);
  expect(found.length).toBe(wanted.length);
  const off = found.flatMap((figures, i) => figures.map((figure, k) => Math.abs(figure - (wanted[i]?.[k] ?? 0))));
  expect(Math.max(0, ...off)).toBeLessThanOrEqual(1.01);
}

function byPlace(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
}

async function expectSameInACopy(chart: ChartPage): Promise<void> {
  const copy = await chart.open(await chart.settledHash());
  expectSameRects(await copy.rects(), await chart.rects());
  expect(await copy.selected()).toBe(await chart.selected());
  await copy.page.close();
}
