import type { CDPSession } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, withChart } from "../support/chart-page.js";
import { expectedRects, expectSameRects } from "../support/chart-rects.js";

const TURN = 28;
const CALL = 45;
const PHONE = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };

type Point = readonly [x: number, y: number];

describe.skipIf(!hasChromium).each(PLACES)("the chart under fingers, %s", (place) => {
  const browser = startedBrowser();

  const look = (use: (chart: ChartPage, fingers: Fingers) => Promise<void>, options = {}) =>
    withChart(browser(), { place, ...PHONE, ...options }, async (chart) =>
      use(chart, new Fingers(chart, await chart.page.context().newCDPSession(chart.page))),
    );

  test("rows and what is pressed are 44 px high, and the hint is about fingers", () =>
    look(async (chart) => {
      const { rows } = await chart.geometry();
      expect((await chart.svgBox()).height).toBe(rows.length * 44 + 20);
      expectSameRects(await chart.rects(), expectedRects(chart.report, 358, { rowPx: 44 }));
      expect(await chart.frame.locator(".hint").innerText()).toContain("Pinch to zoom");
      await chart.doubleTap(TURN);
      await chart.frame.locator(".crumbs button").first().waitFor();
      const pressed = chart.frame.locator(".live-chart button:visible");
      const heights = await pressed.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    }));

  test("with a mouse, the hint is about the mouse, and rows are 22 px high", () =>
    withChart(browser(), { place }, async (chart) => {
      expect((await chart.svgBox()).height).toBe((await chart.geometry()).rows.length * 22 + 20);
      const hint = await chart.frame.locator(".hint").innerText();
      for (const words of [
        "Hover",
        "Click to select, double click to zoom",
        "Drag",
        "Ctrl + scroll to zoom",
        "? for keys",
      ])
        expect(hint).toContain(words);
    }));

  test("a tap selects, two taps zoom", () =>
    look(async (chart) => {
      await chart.tap(TURN);
      await expect.poll(() => chart.selected()).toContain("PLAY-TWO");
      expect(await chart.view()).toEqual({ from: 0, to: 358 });
      await chart.doubleTap(TURN);
      await expect.poll(async () => (await chart.place(TURN)).width).toBeGreaterThan(358 * 0.95);
    }));

  test("a finger that moves sideways moves the picture by as much, and selects nothing", () =>
    look(async (chart, fingers) => {
      await chart.doubleTap(TURN);
      await chart.frame.locator(".details").getByRole("button", { name: "Close" }).tap();
      await chart.frame.evaluate(() => scrollTo(0, 0));
      const before = await chart.place(TURN);
      const at = await chart.middle(TURN);
      await fingers.move([at], [[at[0] - 90, at[1]]]);
      const moved = (await chart.place(TURN)).x - before.x;
      // What the browser needs to see that it is a swipe may be lost.
      expect(moved).toBeLessThan(-90 + 16);
      expect(moved).toBeGreaterThanOrEqual(-90.5);
      expect(await chart.selected()).toBeNull();
    }));

  test("a finger that moves up over the picture scrolls the page, zoomed or not, and over the map too", () =>
    look(async (chart, fingers) => {
      const scrolled = () => chart.frame.evaluate(() => scrollY);
      const swipe = async (from: Point) => {
        const before = { view: await chart.view(), y: await scrolled() };
        await fingers.move([from], [[from[0], from[1] - 100]]);
        await expect.poll(scrolled).toBeGreaterThan(before.y + 50);
        expect(await chart.view()).toEqual(before.view);
        expect(await chart.selected()).toBeNull();
        await chart.frame.evaluate(() => scrollTo(0, 0));
      };
      const onMap = async (): Promise<Point> => {
        const map = await chart.frame.locator("svg.minimap").boundingBox();
        return [(map?.x ?? 0) + 150, (map?.y ?? 0) + 20];
      };
      await chart.frame.evaluate(() => scrollTo(0, 0));
      await swipe(await chart.middle(TURN));
      await swipe(await onMap());
      const svg = await chart.svgBox();
      await fingers.move(spread(svg.x + 200, svg.y + 60, 30), spread(svg.x + 200, svg.y + 60, 90));
      await swipe(await chart.middle(TURN));
      await swipe(await onMap());
    }));

  test("two fingers zoom about the middle between them, and back", () =>
    look(async (chart, fingers) => {
      await chart.frame.evaluate(() => scrollTo(0, 0));
      const svg = await chart.svgBox();
      const [x, y] = [svg.x + 220, svg.y + 66];
      const under = async () => {
        const { from, to } = await chart.view();
        return { at: from + ((x - svg.x) / 358) * (to - from), scale: 358 / (to - from) };
      };
      const before = await under();
      await fingers.move(spread(x, y, 40), spread(x, y, 120));
      const after = await under();
      expect(after.scale).toBeGreaterThan(2);
      expect(after.scale).toBeLessThanOrEqual(3.05);
      expect(Math.abs(after.at - before.at) * after.scale).toBeLessThan(2);
      expect(await chart.selected()).toBeNull();
      await fingers.move(spread(x, y, 120), spread(x, y, 30));
      expect(await chart.view()).toEqual({ from: 0, to: 358 });
    }));

  test("two fingers that move together move the picture", () =>
    look(async (chart, fingers) => {
      const svg = await chart.svgBox();
      const [x, y] = [svg.x + 200, svg.y + 66];
      await fingers.move(spread(x, y, 40), spread(x, y, 120));
      const before = await chart.place(CALL);
      await fingers.move(spread(x, y, 60), spread(x - 60, y, 60));
      expect(Math.abs((await chart.place(CALL)).x - before.x + 60)).toBeLessThan(16);
    }));

  test("one finger goes on where the other of two was lifted", () =>
    look(async (chart, fingers) => {
      const svg = await chart.svgBox();
      const [x, y] = [svg.x + 200, svg.y + 66];
      await fingers.move(spread(x, y, 40), spread(x, y, 120), { stays: true });
      await fingers.lift(1);
      const before = await chart.view();
      await fingers.go([[x - 120, y]], [[x - 160, y]]);
      const after = await chart.view();
      expect(after.to - after.from).toBeCloseTo(before.to - before.from, 6);
      expect(after.from).toBeGreaterThan(before.from);
      await fingers.lift(0);
    }));

  test("the map's window is moved by a finger", () =>
    look(async (chart, fingers) => {
      const map = await chart.frame.locator("svg.minimap").boundingBox();
      if (!map) throw new Error("no minimap to be seen");
      const y = map.y + 20;
      await fingers.move([[map.x + 100, y]], [[map.x + 200, y]]);
      const drawn = await chart.view();
      expect(Math.abs(drawn.from - 100)).toBeLessThan(16);
      expect(Math.abs(drawn.to - 200)).toBeLessThan(1);
      await fingers.move([[map.x + 150, y]], [[map.x + 220, y]]);
      const moved = await chart.view();
      expect(moved.from - drawn.from).toBeGreaterThan(50);
      expect(moved.to - moved.from).toBeCloseTo(drawn.to - drawn.from, 6);
    }));
});

/** Two points that lie so far left and right of a place. */
function spread(x: number, y: number, apart: number): Point[] {
  return [
    [x - apart, y],
    [x + apart, y],
  ];
}

interface Finger {
  readonly x: number;
  readonly y: number;
  readonly id: number;
}

/** Fingers on the glass, as the browser hears of them. */
class Fingers {
  #points: readonly Finger[] = [];

  constructor(
    readonly chart: ChartPage,
    readonly session: CDPSession,
  ) {}

  /** Puts fingers down, moves them, lifts them. */
  async move(from: readonly Point[], to: readonly Point[], { stays = false } = {}): Promise<void> {
    await this.#put("touchStart", from);
    await this.go(from, to);
    if (!stays) await this.lift(...from.map((_, i) => i));
  }

  async go(from: readonly Point[], to: readonly Point[], steps = 12): Promise<void> {
    for (let step = 1; step <= steps; step++) {
      const part = step / steps;
      const between = from.map(([x, y], i): Point => {
        const [toX, toY] = to[i] as Point;
        return [x + (toX - x) * part, y + (toY - y) * part];
      });
      await this.#put("touchMove", between);
    }
    await this.chart.drawn();
  }

  async lift(...which: readonly number[]): Promise<void> {
    const left = this.#points.filter(({ id }) => !which.includes(id));
    // Those that are lifted are named; none stands for all.
    await this.#tell("touchEnd", left.length === 0 ? [] : this.#points.filter(({ id }) => which.includes(id)));
    this.#points = left;
    await this.chart.drawn();
  }

  async #put(type: "touchStart" | "touchMove", points: readonly Point[]): Promise<void> {
    this.#points = points.map(([x, y], id) => ({ x, y, id }));
    await this.#tell(type, this.#points);
  }

  async #tell(type: "touchStart" | "touchMove" | "touchEnd", points: readonly Finger[]): Promise<void> {
    await this.session.send("Input.dispatchTouchEvent", { type, touchPoints: [...points] });
  }
}
