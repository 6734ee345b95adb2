import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import type { View } from "../../src/flame/frame.js";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, withChart } from "../support/chart-page.js";
import { expectedRects, expectSameRects } from "../support/chart-rects.js";

/** Of the recording: a turn, a step in it, a call in that, and another turn. */
const TURN = 28;
const STEP = 49;
const CALL = 52;
const OTHER_TURN = 1;
const LOW = { viewport: { width: 1264, height: 420 } };

describe.skipIf(!hasChromium).each(PLACES)("the chart under a mouse, %s", (place) => {
  const browser = startedBrowser();

  const look = (use: (chart: ChartPage) => Promise<void>, options = {}) =>
    withChart(browser(), { place, ...options }, use);

  test("a card says what is under the pointer, and goes with it", () =>
    look(async (chart) => {
      const card = chart.frame.locator(".hover-card");
      expect(await card.isVisible()).toBe(false);
      await chart.page.mouse.move(...(await chart.middle(CALL)));
      await expect.poll(() => card.innerText()).toContain("bash sleep 1.5");
      expect(await card.innerText()).toContain("of the session");
      expect(await chart.frame.locator("path.hovered").getAttribute("d")).not.toBe("");
      await chart.page.mouse.move(...(await chart.middle(TURN)));
      await expect.poll(() => card.innerText()).toContain("PLAY-TWO");
      await chart.page.mouse.move(5, 5);
      await expect.poll(() => card.isVisible()).toBe(false);
    }));

  test("the card never leaves the page", () =>
    look(async (chart) => {
      const card = chart.frame.locator(".hover-card");
      const { x, y, width } = await chart.svgBox();
      for (const at of [x + 1, x + width / 2, x + width - 2]) {
        await chart.page.mouse.move(at, y + 5);
        await card.waitFor({ state: "visible" });
        const box = await card.boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(x);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(x + width);
      }
    }));

  test("what slides from under the pointer has no card any more", () =>
    look(async (chart) => {
      await zoomIn(chart);
      const card = chart.frame.locator(".hover-card");
      await chart.page.mouse.move(...(await chart.middle(CALL)));
      await expect.poll(() => card.innerText()).toContain("bash sleep 1.5");
      await chart.wheel(-(await chart.place(CALL)).width - 40, 0);
      if (await card.isVisible()) expect(await card.innerText()).not.toContain("bash sleep 1.5");
    }));

  test("a click selects, another beside the bars ends that", () =>
    look(async (chart) => {
      await chart.click(CALL);
      expect(await chart.selected()).toContain("bash sleep 1.5");
      expect(await chart.frame.locator("path.selected").getAttribute("d")).not.toBe("");
      const { x, y, height } = await chart.svgBox();
      await chart.page.mouse.click(x + 3, y + height - 2);
      expect(await chart.selected()).toBeNull();
      expect(await chart.frame.locator(".details").count()).toBe(0);
    }));

  test("a double click fills the width with what it is on; on the session, with all", () =>
    look(async (chart) => {
      for (const span of [TURN, STEP, CALL]) {
        await chart.doubleClick(span);
        expect(await marginOf(chart, span)).toBeLessThan(0.045);
        expect((await chart.place(span)).width).toBeGreaterThan(1200 * 0.95);
        await expectDrawn(chart);
      }
      await chart.doubleClick(0);
      expect(await chart.view()).toEqual({ from: 0, to: 1200 });
    }));

  test("a double click zooms to a bar where movement is wanted, too", () =>
    look(
      async (chart) => {
        await chart.page.mouse.dblclick(...(await chart.middle(TURN)));
        await expect.poll(async () => Math.abs((await chart.place(TURN)).width - 1200) < 60).toBe(true);
        await chart.hashIs(/zoom=/);
        await chart.isAtRest();
        await expectDrawn(chart);
      },
      { reducedMotion: "no-preference" },
    ));

  test.each([-130, 130])("dragging by %i px moves everything by as much, and selects nothing", (dx) =>
    look(async (chart) => {
      await zoomIn(chart);
      const before = await chart.place(CALL);
      await chart.drag(await chart.middle(CALL), dx);
      expect(Math.abs((await chart.place(CALL)).x - before.x - dx)).toBeLessThan(0.2);
      expect(await chart.selected()).toBeNull();
      await expectDrawn(chart);
    }),
  );

  test("a drag ends where the button is let go, outside the picture too", () =>
    look(async (chart) => {
      await zoomIn(chart);
      const [x, y] = await chart.middle(CALL);
      // Straight up out of the picture, and back without a button.
      await chart.drag([x, y], 0, -y + 5);
      const before = await chart.view();
      await chart.page.mouse.move(x, y);
      await chart.page.mouse.move(x + 60, y, { steps: 4 });
      await chart.drawn();
      expect(await chart.view()).toEqual(before);
    }));

  test("nothing moves beyond the ends, nor where all is shown", () =>
    look(async (chart) => {
      await chart.drag(await chart.middle(TURN), -200);
      expect(await chart.view()).toEqual({ from: 0, to: 1200 });
      await chart.doubleClick(OTHER_TURN);
      for (let i = 0; i < 3; i++) await chart.drag(await chart.middle(OTHER_TURN), 500);
      expect((await chart.view()).from).toBe(0);
      await expectDrawn(chart);
    }));

  test("a wheel that turns down scrolls the page, zoomed or not", () =>
    look(async (chart) => {
      for (const span of [null, TURN]) {
        if (span !== null) await chart.doubleClick(span);
        await chart.page.mouse.move(...(await chart.middle(TURN)));
        const before = { view: await chart.view(), y: await scrolled(chart) };
        await chart.wheel(0, 60);
        await expect.poll(() => scrolled(chart)).toBe(before.y + 60);
        expect(await chart.view()).toEqual(before.view);
      }
    }, LOW));

  test("a wheel that turns sideways moves the picture by as much, only where it is zoomed, and not beyond its ends", () =>
    look(async (chart) => {
      await chart.page.mouse.move(...(await chart.middle(TURN)));
      await chart.wheel(80, 0);
      expect(await chart.view()).toEqual({ from: 0, to: 1200 });
      await chart.doubleClick(TURN);
      const before = await chart.place(TURN);
      await chart.wheel(80, 0);
      expect(Math.abs((await chart.place(TURN)).x - before.x + 80)).toBeLessThan(0.2);
      await chart.wheel(0, 50, "Shift");
      expect(Math.abs((await chart.place(TURN)).x - before.x + 130)).toBeLessThan(0.2);
      await chart.wheel(90_000, 0);
      expect((await chart.view()).to).toBeCloseTo(1200, 6);
      const atEnd = await chart.view();
      await chart.wheel(500, 0);
      expect(await chart.view()).toEqual(atEnd);
    }));

  test.each(["Control", "Meta"] as const)(
    "%s and the wheel zoom about the pointer, and leave the page where it is",
    (key) =>
      look(async (chart) => {
        const x = Math.round((await chart.place(CALL)).x);
        await chart.page.mouse.move(x, (await chart.place(CALL)).y);
        const scrolledBefore = await scrolled(chart);
        const part = (x - (await chart.svgBox()).x) / 1200;
        const under = ({ from, to }: View) => from + part * (to - from);
        for (const dy of [-300, -300, -200, 150]) {
          const before = await chart.view();
          await chart.wheel(0, dy, key);
          const after = await chart.view();
          expect(Math.sign(after.to - after.from - before.to + before.from)).toBe(Math.sign(dy));
          const movedPx = ((under(after) - under(before)) * 1200) / (after.to - after.from);
          expect(Math.abs(movedPx)).toBeLessThan(1);
          await expectDrawn(chart);
        }
        expect(await scrolled(chart)).toBe(scrolledBefore);
      }, LOW),
  );

  test("however far it is zoomed, two milliseconds are left; and back to all", () =>
    look(async (chart) => {
      await chart.page.mouse.move(...(await chart.middle(CALL)));
      for (let i = 0; i < 20; i++) await chart.wheel(0, -600, "Control");
      const { from, to } = await chart.view();
      expect(to - from).toBeGreaterThan(0);
      expect((await chart.rects()).length).toBeGreaterThan(2);
      for (let i = 0; i < 20; i++) await chart.wheel(0, 600, "Control");
      expect(await chart.view()).toEqual({ from: 0, to: 1200 });
    }));

  test.each(["#timeline", "#overview"])("in %s, a zoom leaves each row where it is under the pointer", (hash) =>
    look(
      async (chart) => {
        const before = await chart.svgBox();
        await chart.page.mouse.move(...(await chart.middle(CALL)));
        await chart.wheel(0, -300, "Control");
        await chart.hashIs(/zoom=/);
        expect((await chart.svgBox()).y).toBe(before.y);
      },
      { hash },
    ),
  );
});

async function zoomIn(chart: ChartPage): Promise<void> {
  await chart.page.mouse.move(...(await chart.middle(CALL)));
  await chart.wheel(0, -500, "Control");
}

/** How much of the width lies beside a span. */
async function marginOf(chart: ChartPage, span: number): Promise<number> {
  const { x, width } = await chart.place(span);
  const svg = await chart.svgBox();
  return Math.max(x - svg.x, svg.x + svg.width - x - width) / svg.width;
}

function scrolled({ frame }: ChartPage): Promise<number> {
  return frame.evaluate(() => scrollY);
}

/** What is drawn is what the geometry says of the part that is shown. */
async function expectDrawn(chart: ChartPage): Promise<void> {
  const view = await chart.view();
  expectSameRects(await chart.rects(), expectedRects(chart.report, 1200, { view }), 0.3);
}
