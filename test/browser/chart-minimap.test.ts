import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, withChart } from "../support/chart-page.js";
import { expectedRects, expectSameRects } from "../support/chart-rects.js";

const TURN = 28;
const STEP = 49;
const CALL = 52;

describe.skipIf(!hasChromium).each(PLACES)("the minimap and the way back, %s", (place) => {
  const browser = startedBrowser();

  const look = (use: (chart: ChartPage) => Promise<void>, options = {}) =>
    withChart(browser(), { place, ...options }, use);

  test("a part that is drawn in the map is what the chart shows", () =>
    look(async (chart) => {
      await dragMap(chart, 300, 300);
      await expectView(chart, 300, 600);
      await dragMap(chart, 900, -100);
      await expectView(chart, 800, 900);
      expectSameRects(await chart.rects(), expectedRects(chart.report, 1200, { view: await chart.view() }), 0.3);
    }));

  test("the window is moved by its middle, as far as there is something", () =>
    look(async (chart) => {
      await dragMap(chart, 300, 300);
      await dragMap(chart, 450, 120);
      await expectView(chart, 420, 720);
      await dragMap(chart, 600, -590);
      await expectView(chart, 0, 300);
      await dragMap(chart, 150, 1_040);
      await expectView(chart, 900, 1200);
    }));

  test("its edges are moved by themselves, past each other too", () =>
    look(async (chart) => {
      await dragMap(chart, 300, 300);
      await dragMap(chart, 301, -100);
      await expectView(chart, 201, 600);
      await dragMap(chart, 599, 100);
      await expectView(chart, 201, 699);
      await dragMap(chart, 699, -598);
      await expectView(chart, 101, 201);
    }));

  test("a press without a drag changes nothing", () =>
    look(async (chart) => {
      await dragMap(chart, 300, 300);
      const before = await chart.view();
      for (const x of [450, 900]) await dragMap(chart, x, 0);
      expect(await chart.view()).toEqual(before);
    }));

  test("the window follows what is zoomed to elsewhere", () =>
    look(async (chart) => {
      await chart.doubleClick(TURN);
      const { from, to } = await chart.view();
      const rows = (await chart.geometry()).rows.flat();
      const turn = rows.find(({ id }) => id === TURN);
      expect(from).toBeLessThanOrEqual(turn?.x ?? 0);
      expect(to).toBeGreaterThanOrEqual((turn?.x ?? 0) + (turn?.width ?? 0));
    }));

  test("in the Overview, the map is there as soon as something is zoomed", () =>
    look(
      async (chart) => {
        const map = chart.frame.locator("svg.minimap");
        expect(await map.isVisible()).toBe(false);
        await chart.doubleClick(TURN);
        expect(await map.isVisible()).toBe(true);
        const { from, to } = await chart.view();
        await dragMap(chart, (from + to) / 2, -100);
        expect((await chart.view()).from).toBeCloseTo(from - 100, 0);
      },
      { hash: "#overview" },
    ));

  test("each thing that is zoomed into is a way back", () =>
    look(async (chart) => {
      for (const span of [TURN, STEP, CALL]) await chart.doubleClick(span);
      const items = chart.frame.locator(".crumbs li");
      await expect.poll(() => items.count()).toBe(4);
      expect(await items.allInnerTexts()).toEqual([
        "Debug Auth",
        expect.stringContaining("PLAY-TWO"),
        expect.stringContaining("Run the tests."),
        expect.stringContaining("bash sleep 1.5"),
      ]);
      expect(await items.last().getAttribute("aria-current")).toBe("true");
      for (const [i, span] of [
        [2, STEP],
        [1, TURN],
      ] as const) {
        await items.nth(i).getByRole("button").click();
        await chart.drawn();
        expect((await chart.place(span)).width).toBeGreaterThan(1100);
        await expect.poll(() => items.count()).toBe(i + 1);
      }
      await items.first().getByRole("button").click();
      await expectView(chart, 0, 1200);
      await expect.poll(() => chart.frame.locator(".crumbs").isVisible()).toBe(false);
    }));

  test("the buttons zoom in, out and back to all", () =>
    look(async (chart) => {
      const press = async (name: string) => {
        await chart.frame.getByRole("button", { name, exact: true }).click();
        await chart.drawn();
      };
      await press("Zoom in");
      await expectView(chart, 225, 975);
      await press("Zoom in");
      await press("Zoom out");
      await expectView(chart, 225, 975);
      await press("Show all");
      await expectView(chart, 0, 1200);
    }));
});

/** Presses the button at a place in the map, moves by so much, lets go. */
async function dragMap(chart: ChartPage, x: number, dx: number): Promise<void> {
  const box = await chart.frame.locator("svg.minimap").boundingBox();
  if (!box) throw new Error("no minimap to be seen");
  await chart.drag([box.x + x, box.y + box.height / 2], dx);
}

async function expectView(chart: ChartPage, from: number, to: number): Promise<void> {
  const view = await chart.view();
  expect(Math.abs(view.from - from)).toBeLessThan(0.5);
  expect(Math.abs(view.to - to)).toBeLessThan(0.5);
}
