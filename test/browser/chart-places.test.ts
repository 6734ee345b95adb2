import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, recordedPage, withChart } from "../support/chart-page.js";
import { expectedRects, expectSameRects } from "../support/chart-rects.js";

describe.skipIf(!hasChromium)("where the chart is looked at", () => {
  const browser = startedBrowser();

  describe.each(PLACES)("%s", (place) => {
    test.each(["debug-auth", "parallel-agents", "compaction", "faults"])(
      "%s: the first frame has the rectangles of the picture without a script",
      async (name) => {
        await withChart(browser(), { place, recording: `1.18.34 ${name}`, hash: "" }, async (chart) => {
          expect((await chart.svgBox()).width).toBe(1200);
          expectSameRects(await chart.rects(), await chart.stillRects());
          expect((await chart.rects()).length).toBeGreaterThan(25);
        });
      },
    );

    test("at 358 px, the chart is what the geometry says for that width", async () => {
      const viewport = { width: 390, height: 844 };
      for (const name of ["debug-auth", "faults"])
        await withChart(browser(), { place, viewport, recording: `1.18.34 ${name}` }, async (chart) => {
          expect((await chart.svgBox()).width).toBe(358);
          expectSameRects(await chart.rects(), expectedRects(chart.report, 358));
        });
    });

    test("a window of another width is drawn anew for it", async () => {
      await withChart(browser(), { place }, async (chart) => {
        await chart.page.setViewportSize({ width: 800, height: 900 });
        await expect.poll(async () => (await chart.svgBox()).width).toBeLessThan(800);
        await chart.drawn();
        expectSameRects(await chart.rects(), expectedRects(chart.report, (await chart.svgBox()).width));
      });
    });

    test("the chart stays small: at most 3,000 elements", async () => {
      for (const recording of ["1.18.34 debug-auth", "1.18.34 faults", "1.18.34 parallel-agents"])
        await withChart(browser(), { place, recording }, async (chart) => {
          expect(await chart.frame.locator(".live-chart *").count()).toBeLessThanOrEqual(3_000);
        });
    });

    test("the Overview and the Timeline show the one chart, and the picture without a script is gone", async () => {
      await withChart(browser(), { place, hash: "" }, async (chart) => {
        await seen(chart, "#overview .live-chart svg.live");
        expect(await chart.frame.locator(".still").isVisible()).toBe(false);
        await chart.frame.locator("#tab-timeline").click();
        await seen(chart, "#timeline .live-chart svg.live");
        expect(await chart.frame.locator(".live-chart").count()).toBe(1);
      });
    });

    test.each([
      ["history", forbidHistory],
      ["storage", forbidStorage],
      ["the clipboard", forbidClipboard],
    ])("where %s is forbidden, everything works", async (_name, before) => {
      await withChart(browser(), { place, before, hash: "" }, worksThroughout);
    });

    test("where nothing can be unpacked, the picture stays, and links lead to its bars", async () => {
      const before = () => void Reflect.deleteProperty(globalThis, "DecompressionStream");
      await withChart(browser(), { ...LOW, place, before, hash: "", isStill: true }, staysStill);
    });

    test.each([
      ["no base64", "%%%"],
      ["no gzip", "AAAA"],
      ["nothing", ""],
      ["no report", "H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA=="],
    ])("where the data is broken (%s), the picture stays", async (_name, data) => {
      const changed = (html: string) => html.replace(/(id="report-data">)[^<]*/, `$1${data}`);
      await withChart(browser(), { ...LOW, place, changed, hash: "", isStill: true }, staysStill);
    });
  });

  test("without JavaScript, the picture and the tables are there", async () => {
    await withChart(browser(), { javaScriptEnabled: false, hash: "", isStill: true }, async ({ page }) => {
      await isWholeWithoutScript(page);
    });
  });

  test("served with a policy that forbids scripts and inline styles, the picture and the tables are there", async () => {
    const { html } = recordedPage();
    const server = createServer((_request, response) => {
      response.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": STRICT }).end(html);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const page = await browser().newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await isWholeWithoutScript(page);
    await page.close();
    server.close();
  });
});

/** So low that a bar has to be scrolled to. */
const LOW = { viewport: { width: 1264, height: 400 } };
const STRICT = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";

function forbidHistory(): void {
  const forbidden = () => {
    throw new DOMException("forbidden", "SecurityError");
  };
  history.pushState = forbidden;
  history.replaceState = forbidden;
}

function forbidStorage(): void {
  for (const name of ["localStorage", "sessionStorage", "indexedDB"])
    Object.defineProperty(globalThis, name, {
      get: () => {
        throw new DOMException("forbidden", "SecurityError");
      },
    });
}

function forbidClipboard(): void {
  Object.defineProperty(navigator, "clipboard", { get: () => undefined });
}

async function seen(chart: ChartPage, selector: string): Promise<void> {
  await chart.frame.locator(selector).waitFor({ state: "visible" });
}

/** Tabs, selection, zoom, a link into a table and back, twice: an address that cannot be written must not matter. */
async function worksThroughout(chart: ChartPage): Promise<void> {
  const toMessage = chart.frame.locator('.details a[href^="#m"]');
  for (let i = 0; i < 2; i++) {
    await chart.frame.locator("#tab-timeline").click();
    await seen(chart, "#timeline svg.live");
    await chart.click(52);
    expect(await chart.selected()).toContain("12 passed");
    await toMessage.click();
    await seen(chart, "#tokens tr.hit");
  }
  await chart.frame.locator("#tab-timeline").click();
  await chart.doubleClick(28);
  expect((await chart.place(28)).width).toBeGreaterThan(1_100);
  await chart.frame.locator('table.critical a[href^="#s"]').first().click();
  expect(await chart.selected()).not.toBeNull();
}

/** The picture without a script is shown, and tables lead to its bars. */
async function staysStill(chart: ChartPage): Promise<void> {
  await seen(chart, "#overview .still svg.flame");
  await chart.frame.locator("#tab-timeline").click();
  await chart.frame.locator('#timeline table.critical a[href^="#s"]').first().click();
  await seen(chart, "#overview .still svg.flame");
  const bar = chart.frame.locator("#overview .still [tabindex='-1']");
  const top = () => bar.evaluate((found) => Math.round(found.getBoundingClientRect().top));
  await expect.poll(top).toBeLessThan(LOW.viewport.height);
  await expect.poll(top).toBeGreaterThanOrEqual(0);
  expect(await chart.frame.locator(".live-chart").count()).toBe(0);
}

async function isWholeWithoutScript(page: Page): Promise<void> {
  const picture = page.locator("#overview .still svg.flame");
  await picture.scrollIntoViewIfNeeded();
  expect(await picture.locator("rect, path").count()).toBeGreaterThan(40);
  expect(await inks(page)).toBeGreaterThan(5);
  expect(await page.locator("table").first().isVisible()).toBe(true);
  for (const words of ["Slowest operations", "Critical path", "By message", "Operations", "About the data"])
    expect(await page.locator("main h2:visible", { hasText: words }).count()).toBeGreaterThan(0);
  expect(await page.locator(".live-chart").count()).toBe(0);
}

/** How many colours the picture is painted in, by its pixels. */
async function inks(page: Page): Promise<number> {
  const shot = (await page.locator("#overview .still").screenshot()).toString("base64");
  const reader = await (page.context().browser() as Browser).newPage();
  const colours = await reader.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const context = Object.assign(globalThis.document.createElement("canvas"), {
      width: image.width,
      height: image.height,
    }).getContext("2d") as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    const counts = new Map<number, number>();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return [...counts.values()].filter((count) => count > 100).length;
  }, shot);
  await reader.close();
  return colours;
}
