import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { readComparisonAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { renderComparisonPage } from "../../src/render/comparison-page.js";
import { PAYLOADS } from "../security/payloads.js";
import { violations, withAxe } from "../support/axe.js";
import { startedBrowser } from "../support/browser.js";
import { compared, recordedReport, reportOf } from "../support/compared.js";
import { temporaryFolder } from "../support/fixtures.js";
import { reportWrittenAs } from "../support/hostile-report.js";
import { labelsOnBars, textsOfLowContrast } from "../support/looks.js";
import { printable, printedSheets } from "../support/printed.js";

const assets = readComparisonAssets();
const before = await recordedReport("1.14.41 debug-auth");
const wasteful = await recordedReport("1.18.34 wasteful-habits");
const busy = await recordedReport("1.18.34 parallel-agents");
const two = compared([wasteful], [busy]);
const groups = compared([before, wasteful, busy, before, before], [busy, busy, busy, wasteful, before]);

describe.skipIf(!hasChromium)("a comparison in a real browser", () => {
  const browser = startedBrowser();

  /** Opens a page; fails the test where anything but itself was asked for, or anything was said. */
  async function withPage(
    html: string,
    look: (page: Page) => Promise<unknown>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const path = join(temporaryFolder(), "comparison.html");
    writeFileSync(path, html);
    const { href } = pathToFileURL(path);
    const context = await browser().newContext(options);
    const page = await context.newPage();
    const happened: string[] = [];
    page.on("request", (request) => happened.push(...(request.url() === href ? [] : [request.url()])));
    page.on("console", (message) => happened.push(message.text()));
    page.on("dialog", (dialog) => happened.push(dialog.message()));
    await page.goto(href);
    await look(page);
    expect(happened).toEqual([]);
    await context.close();
  }

  const LOOKS = [
    { colorScheme: "light", viewport: { width: 1280, height: 900 } },
    { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
    { colorScheme: "light", viewport: { width: 390, height: 800 } },
    { colorScheme: "dark", viewport: { width: 390, height: 800 } },
  ] as const;

  test("a label stands on a bar where all of it fits, at any width", async () => {
    const [longer, shorter] = [9_000, 2_000].map((ms) =>
      reportOf(`turn 0..${ms}\n  step 0..${ms} prompt:100 out:10\n    bash ${ms * 0.2}..${ms * 0.8}`),
    ) as [Report, Report];
    const html = renderComparisonPage(compared([longer], [shorter]), assets);
    const shown: number[] = [];
    for (const width of [360, 390, 641, 1280]) {
      await withPage(
        html,
        async (page) => {
          const roomsPx = await page.evaluate(roomsOnBars);
          expect(Math.min(...roomsPx)).toBeGreaterThanOrEqual(0);
          shown.push(roomsPx.length);
        },
        { viewport: { width, height: 800 } },
      );
    }
    expect([shown[0] === shown[1], shown[2] === shown[3], (shown[0] ?? 0) < (shown[3] ?? 0)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test.each([
    ["two sessions", two],
    ["groups", groups],
  ])("%s: nothing runs off the page, every text can be read, and axe finds nothing", async (_, found) => {
    const html = renderComparisonPage(found, assets);
    for (const look of LOOKS)
      await withPage(
        html,
        async (page) => {
          expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(look.viewport.width);
          expect((await page.evaluate(labelsOnBars)).filter(({ isBeyond }) => isBeyond)).toEqual([]);
          expect(await page.evaluate(textsOfLowContrast)).toEqual([]);
          await withAxe(page);
          expect(await violations(page)).toEqual([]);
        },
        look,
      );
  });

  test("without script it is the same page", async () => {
    const html = renderComparisonPage(two, assets);
    const words = async (javaScriptEnabled: boolean) => {
      const texts: string[] = [];
      await withPage(html, async (page) => texts.push(await page.locator("main").innerText()), { javaScriptEnabled });
      return texts.join();
    };
    expect(await words(false)).toBe(await words(true));
  });

  test("what stands in sessions runs nothing, and asks for nothing", async () => {
    for (const { text } of PAYLOADS.slice(0, 40)) {
      const html = renderComparisonPage(
        compared([reportWrittenAs(before, text)], [reportWrittenAs(busy, text)]),
        assets,
      );
      await withPage(html, async (page) => {
        expect(await page.locator("script, img, iframe, object, embed, link").count()).toBe(0);
      });
    }
  });

  test.each([
    ["two sessions", two, "Δ input cost"],
    ["groups", groups, "Verdict"],
  ])("%s on paper: no table and no picture is wider than the sheet", async (_, found, heading) => {
    await withPage(renderComparisonPage(found, assets), async (page) => {
      for (const format of ["A4", "Letter"] as const) {
        const sheets = await printedSheets(page, format);
        const text = sheets.map(({ text: onSheet }) => onSheet).join("");
        for (const words of ["Largest differences", "Only on one side", heading])
          expect(text).toContain(printable(words));
        expect(sheets.flatMap(({ cutOff }) => cutOff)).toEqual([]);
      }
    });
  });
});

/** Of each label that is shown on a bar: what is left of its segment behind it. */
function roomsOnBars(): number[] {
  const texts = [...document.querySelectorAll(".two-bars .ledger text")].filter((text) => text.checkVisibility());
  return texts.map((text) => {
    const segment = text.closest("g")?.querySelector("rect");
    return (segment?.getBoundingClientRect().right ?? 0) - text.getBoundingClientRect().right;
  });
}
