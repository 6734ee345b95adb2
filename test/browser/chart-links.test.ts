import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, withChart } from "../support/chart-page.js";
import { expectSameRects } from "../support/chart-rects.js";

const TURN = 28;
const STEP = 49;
const CALL = 52;

describe.skipIf(!hasChromium).each(PLACES)("the address and the way back, %s", (place) => {
  const browser = startedBrowser();

  const look = (use: (chart: ChartPage) => Promise<void>, options = {}) =>
    withChart(browser(), { place, ...options }, use);

  test("a copied link shows the same rectangles and the same selection", () =>
    look(async (chart) => {
      await chart.doubleClick(STEP);
      await chart.click(CALL);
      await chart.hashIs(new RegExp(`^#timeline&zoom=.+&span=${CALL}$`));
      await expectSameInACopy(chart);
    }));

  test("what is dragged, scrolled and drawn in the map stands in the link too", () =>
    look(async (chart) => {
      await chart.page.mouse.move(...(await chart.middle(CALL)));
      await chart.wheel(0, -400, "Control");
      await chart.drag(await chart.middle(CALL), 77);
      await chart.hashIs(/zoom=/);
      await expectSameInACopy(chart);
    }));

  test("the link of what is zoomed to at the very beginning, or as far as it goes, is the same", () =>
    look(async (chart) => {
      const { x, y } = await chart.svgBox();
      await chart.page.mouse.move(x + 2, y + 5);
      for (let i = 0; i < 20; i++) await chart.wheel(0, -600, "Control");
      await chart.hashIs(/zoom=/);
      await expectSameInACopy(chart);
      for (let i = 0; i < 12; i++) await chart.wheel(700, 0);
      await chart.hashIs(/zoom=/);
      await expectSameInACopy(chart);
    }));

  test.each([
    ["an unknown section", "#nothing", "overview"],
    ["figures that are none", "#timeline&zoom=a-b&span=x&picture=pie&by=&weight=heavy&fold=maybe", "timeline"],
    ["a zoom that ends before it begins", "#timeline&zoom=500-20", "timeline"],
    ["a span that is not there", "#timeline&span=99999", "timeline"],
    ["signs that have to be encoded", "#timeline&find=%E0%A4%A&name=%", "timeline"],
  ])("a link with %s shows all there is", (_what, hash, tab) =>
    look(
      async (chart) => {
        await chart.frame.locator(`#${tab} .live-chart`).waitFor();
        expect(await chart.view()).toEqual({ from: 0, to: 1200 });
        expect(await chart.selected()).toBeNull();
      },
      { hash },
    ),
  );

  test("a zoom beyond the end shows the end", () =>
    look(async (chart) => expect((await chart.view()).to).toBeCloseTo(1200, 6), {
      hash: "#timeline&zoom=30000-9000000",
    }));

  test("the way back leads through sections, zooms and selections, and forth again", () =>
    look(
      async (chart) => {
        const steps: { readonly hash: string; readonly seen: unknown }[] = [];
        const note = async () => void steps.push({ hash: await chart.settledHash(), seen: await seen(chart) });
        await note();
        await chart.frame.locator("#tab-timeline").click();
        for (const span of [TURN, STEP]) {
          // What is selected belongs to the step that it was selected in.
          await chart.click(span);
          await note();
          await chart.frame.getByRole("button", { name: "Zoom to it" }).click();
        }
        await note();
        await chart.frame.locator('table.critical a[href^="#s"]').first().click();
        await note();
        await chart.frame.locator("#tab-notes").click();
        await note();
        for (const { hash, seen: was } of steps.slice(0, -1).reverse())
          await expectAfter(chart, () => back(chart), hash, was);
        for (const { hash, seen: was } of steps.slice(1)) await expectAfter(chart, () => forth(chart), hash, was);
      },
      { hash: "#overview" },
    ));

  test("what was moved since the last step is there again after the way forth", () =>
    look(async (chart) => {
      await chart.doubleClick(TURN);
      await chart.drag(await chart.middle(TURN), 60);
      const moved = await chart.view();
      await chart.frame.locator("#tab-notes").click();
      await back(chart);
      await chart.frame.locator("#timeline .live-chart").waitFor();
      await chart.drawn();
      const again = await chart.view();
      expect(again.from).toBeCloseTo(moved.from, 3);
      expect(again.to).toBeCloseTo(moved.to, 3);
    }));

  test("an address that is changed by hand is followed", () =>
    look(async (chart) => {
      await chart.frame.evaluate((hash) => {
        history.pushState(null, "", hash);
        dispatchEvent(new HashChangeEvent("hashchange"));
      }, `#timeline&span=${CALL}`);
      await expect.poll(() => chart.selected()).toContain("bash sleep 1.5");
    }));
});

/** What a person sees of it all. */
async function seen(chart: ChartPage): Promise<unknown> {
  await chart.drawn();
  const tab = await chart.frame.locator('[role="tab"][aria-selected="true"]').innerText();
  return { tab, selected: await chart.selected(), rects: await chart.rects() };
}

async function expectAfter(chart: ChartPage, go: () => Promise<void>, hash: string, was: unknown): Promise<void> {
  await go();
  await chart.hashIs(hash);
  await expect.poll(() => seen(chart)).toEqual(was);
}

/** The browser's own button, which is also the frame's. */
async function back({ page }: ChartPage): Promise<void> {
  await page.evaluate(() => history.back());
}

async function forth({ page }: ChartPage): Promise<void> {
  await page.evaluate(() => history.forward());
}

async function expectSameInACopy(chart: ChartPage): Promise<void> {
  const copy = await chart.open(await chart.settledHash());
  expectSameRects(await copy.rects(), await chart.rects());
  expect(await copy.selected()).toBe(await chart.selected());
  const [a, b] = [await copy.view(), await chart.view()];
  const scale = 1200 / (b.to - b.from);
  expect(Math.abs(a.from - b.from) * scale).toBeLessThan(0.2);
  expect(Math.abs(a.to - b.to) * scale).toBeLessThan(0.2);
  await copy.page.close();
}
