import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { picture, shownPart, type Visit, withReport } from "../support/keys-page.js";

const DEBUG = "1.18.34 debug-auth";
const ALL_AT_ONCE = "#timeline&span=9&find=read&zoom=1000-9000";

describe.skipIf(!hasChromium)("the chart for all who look at it", () => {
  const browser = startedBrowser();

  const visit = (look: (page: Page) => Promise<void>, options?: Visit) => withReport(browser(), DEBUG, look, options);

  test("who wants less movement has none: a step is drawn at once", async () => {
    await visit(async (page) => expect(await framesOf(page, "+")).toHaveLength(1), { reducedMotion: "reduce" });
  });

  test("else a step glides: it takes several frames, each nearer than the one before", async () => {
    await visit(
      async (page) => {
        const widths = await framesOf(page, "+");
        expect(widths.length).toBeGreaterThan(2);
        expect(widths).toEqual(widths.toSorted((a, b) => b - a));
      },
      { reducedMotion: "no-preference" },
    );
  });

  test("on paper: all sections and the picture with its legend, nothing of the chart that is played with", async () => {
    await visit(
      async (page) => {
        await page.emulateMedia({ media: "print" });
        const seen = (selector: string) =>
          page.locator(selector).evaluateAll((all) => all.map((one) => one.getClientRects().length > 0));
        expect(await seen("section")).toEqual([true, true, true, true, true, true]);
        expect(await seen(".still svg.flame")).toEqual([true]);
        expect(await seen(".still + .legend")).toEqual([true]);
        expect(await seen(".live-chart")).toEqual([false]);
        expect(await seen("nav")).toEqual([false]);
      },
      { hash: ALL_AT_ONCE },
    );
  });

  test.each([
    "#timeline&span=9&find=read&zoom=1000-3000",
    "#timeline&picture=sandwich&node=0",
    "#overview&span=9&zoom=1000-3000",
  ])("%s, for fingers: all that is pressed is at least 44 px high and wide", async (hash) => {
    await visit(
      async (page) => {
        await page.locator(".as-table summary").evaluate((summary) => summary.parentElement?.setAttribute("open", ""));
        await shownPart(page);
        const small = await page.evaluate(smallTargets);
        expect(small).toEqual([]);
      },
      { hash, isMobile: true, hasTouch: true, viewport: { width: 390, height: 900 } },
    );
  });
});

/** After a key, the widths of the minimap's window, one for each frame in which it changed. */
async function framesOf(page: Page, key: string): Promise<number[]> {
  await picture(page).focus();
  // Under way before the key is pressed: an input may overtake what is asked of the page.
  const watched = await page.evaluateHandle(() => {
    const { document, requestAnimationFrame: next } = globalThis;
    const box = document.querySelector(".map-window");
    const widths = [Number(box?.getAttribute("width"))];
    const watch = async () => {
      for (let still = 0; still < 30 || widths.length === 1; still++) {
        await new Promise(next);
        const width = Number(box?.getAttribute("width"));
        if (width === widths.at(-1)) continue;
        widths.push(width);
        still = 0;
      }
      return widths.slice(1);
    };
    return { done: watch() };
  });
  await page.keyboard.press(key);
  return watched.evaluate(({ done }) => done);
}

/** Runs in the page: what is pressed, and is small. A heading can be pressed beside its word too. */
function smallTargets(): string[] {
  const pressed = globalThis.document.querySelectorAll("nav a, .ways a, button, select, input, summary, .minimap");
  return [...pressed].flatMap((one) => {
    const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
    const around = Number.parseFloat(getComputedStyle(one, "::before").width) || 0;
    const isSmall = height > 0 && Math.min(Math.max(width, around), height) < 43.99;
    return isSmall ? [`${one.outerHTML.slice(0, 60)} ${width} x ${height}`] : [];
  });
}
