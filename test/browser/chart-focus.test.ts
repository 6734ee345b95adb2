import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { picture, press, reportOf, selectedName, shownContrast, type Visit, withReport } from "../support/keys-page.js";

const DEBUG = "1.18.34 debug-auth";
const AGENTS = "1.18.34 parallel-agents";

describe.skipIf(!hasChromium)("the focus", () => {
  const browser = startedBrowser();

  const visit = (look: (page: Page) => Promise<void>, options?: Visit) => withReport(browser(), AGENTS, look, options);

  test.each([
    ["light", "none"],
    ["dark", "none"],
    ["light", "active"],
    ["dark", "active"],
  ] as const)(
    "%s, forced colours %s: Tab reaches everything, and what has the focus is marked",
    async (colorScheme, forcedColors) => {
      await visit(
        async (page) => {
          await page.locator(".as-table summary").click();
          await page.locator(".as-table tbody tr").first().waitFor();
          const paper = await page.evaluate(() => getComputedStyle(globalThis.document.body).backgroundColor);
          await page.getByRole("tab", { selected: true }).focus();
          // What was clicked needs no mark; what a key led to does.
          for (const key of ["Tab", "Shift+Tab"]) await page.keyboard.press(key);
          const stops = [await focusMark(page)];
          for (let i = 0; i < 80 && stops.at(-1)?.place !== "table of the page"; i++) {
            await page.keyboard.press("Tab");
            stops.push(await focusMark(page));
          }
          const places = stops.map(({ place }) => place).filter((place, i, all) => place !== all[i - 1]);
          const expected = ["tabs", "tools", "breadcrumbs", "chart", "details", "chart's table", "table of the page"];
          expect(places).toEqual(expected);
          for (const { what, outline, isCut, isUncovered } of stops) {
            expect([what, /solid|auto/.test(outline), isCut, isUncovered]).toEqual([what, true, false, true]);
            expect(shownContrast(outline, paper)).toBeGreaterThanOrEqual(3);
          }
        },
        { colorScheme, forcedColors, hash: "#timeline&span=4&find=e&zoom=1000-6000" },
      );
    },
  );

  test.each([390, 1280])(
    "%i px wide, a low window: what is selected is scrolled out from beneath the tabs",
    async (width) => {
      const start = deepestSpan();
      const look = async (page: Page) => {
        for (let key = 0; key < 6; key++) {
          await page.evaluate(selectedToTabs);
          await press(page, "ArrowUp");
          expect(await selectedIsSeen(page)).toEqual(SEEN);
        }
        for (let key = 0; key < 6; key++) {
          await page.evaluate(selectedToEdge);
          await press(page, "ArrowDown");
          expect(await selectedIsSeen(page)).toEqual(SEEN);
        }
      };
      await visit(look, { viewport: { width, height: 330 }, hash: `#timeline&span=${start}` });
    },
  );

  test("what is selected beyond the part that is shown is brought into it", async () => {
    await visit(
      async (page) => {
        for (const key of [".", ".", ".", "Home", "ArrowUp", "End", "n", "n", "N"]) {
          await press(page, key);
          expect(await selectedIsSeen(page)).toMatchObject({ isWithin: true });
        }
      },
      { hash: "#timeline&zoom=500-900&find=bash" },
    );
  });

  test.each([
    [
      "a link of the chart's table",
      async (page: Page) => {
        await page.locator(".as-table summary").click();
        await page.locator(".as-table tbody button").nth(7).click();
      },
    ],
    ["a breadcrumb", (page: Page) => page.locator(".crumbs button").first().click()],
    ["the way to another picture", (page: Page) => page.getByRole("button", { name: "Callers and callees" }).click()],
    ["the end of the details", (page: Page) => page.locator(".details").getByRole("button", { name: "Close" }).click()],
  ] as const)("%s leads back to the chart: the focus is never lost", async (_, act) => {
    await visit(
      async (page) => {
        await act(page);
        // What is drawn after the last of many frames must not take it away.
        await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
        expect(await page.evaluate(() => globalThis.document.activeElement?.className)).toBe("picture");
      },
      { hash: "#timeline&span=5&zoom=1000-6000" },
    );
  });

  test("the tabs are one stop: arrows, Home and End choose, Alt with an arrow is the browser's", async () => {
    await withReport(
      browser(),
      DEBUG,
      async (page) => {
        const tabs = page.getByRole("tab");
        const names = (await tabs.allInnerTexts()).map((text) => text.trim());
        const chosen = async () => {
          const states = await tabs.evaluateAll((all) =>
            all.map((tab) => [tab.getAttribute("aria-selected"), tab.getAttribute("tabindex")].join()),
          );
          expect(states.filter((state) => state === "true,0")).toHaveLength(1);
          expect(states.filter((state) => state === "false,-1")).toHaveLength(5);
          return names[states.indexOf("true,0")];
        };
        await tabs.first().focus();
        for (const [key, at] of [
          ["ArrowRight", 1],
          ["ArrowRight", 2],
          ["ArrowLeft", 1],
          ["End", 5],
          ["ArrowRight", 0],
          ["ArrowLeft", 5],
          ["Home", 0],
          ["Alt+ArrowDown", 0],
          ["Control+End", 0],
        ] as const) {
          await page.keyboard.press(key);
          expect([key, await chosen()]).toEqual([key, names[at]]);
          expect(await page.evaluate(() => globalThis.document.activeElement?.textContent?.trim())).toBe(names[at]);
          const panel = page.getByRole("tabpanel");
          expect(await panel.count()).toBe(1);
          expect(await panel.getAttribute("aria-labelledby")).toBe(await tabs.nth(at).getAttribute("id"));
          expect(await tabs.nth(at).getAttribute("aria-controls")).toBe(await panel.getAttribute("id"));
        }
      },
      { hash: "#overview" },
    );
  });

  test("a link to a span in a table of the page selects it, and the chart has the focus", async () => {
    await visit(
      async (page) => {
        await page.locator("#timeline td a[href^='#s']").nth(2).click();
        expect(await selectedName(page)).not.toBe("");
        await expect
          .poll(() => picture(page).evaluate((tree) => tree === globalThis.document.activeElement))
          .toBe(true);
        expect(await selectedIsSeen(page)).toEqual(SEEN);
      },
      { viewport: { width: 1280, height: 500 } },
    );
  });
});

interface Mark {
  readonly what: string;
  readonly place: string;
  readonly outline: string;
  /** Whether an edge of the page's own cuts it; what scrolls may. */
  readonly isCut: boolean;
  readonly isUncovered: boolean;
}

/** How what has the focus is marked, and where it is. */
function focusMark(page: Page): Promise<Mark> {
  return page.evaluate(() => {
    const focused = globalThis.document.activeElement as HTMLElement;
    const marked = focused.matches(".choice input") ? (focused.parentElement as HTMLElement) : focused;
    const style = getComputedStyle(marked);
    const { left, right, top, bottom } = marked.getBoundingClientRect();
    const out = Number.parseFloat(style.outlineWidth) + Number.parseFloat(style.outlineOffset);
    const section = marked.closest("section")?.getBoundingClientRect();
    const isCut = !marked.closest(".scroll") && !!section && (left - out < section.left || right + out > section.right);
    const places: readonly (readonly [string, string])[] = [
      ["nav", "tabs"],
      [".chart-tools", "tools"],
      [".crumbs", "breadcrumbs"],
      [".picture", "chart"],
      [".details", "details"],
      [".as-table", "chart's table"],
      [".table-tools, .scroll", "table of the page"],
    ];
    const nav = globalThis.document.querySelector("nav")?.getBoundingClientRect().bottom ?? 0;
    return {
      what: `${focused.outerHTML.slice(0, 70)}`,
      place: places.find(([selector]) => focused.closest(selector))?.[1] ?? "elsewhere",
      outline: style.outline,
      isCut,
      isUncovered: !!focused.closest("nav") || (bottom > nav + 1 && top < innerHeight),
    };
  });
}

const SEEN = { isBeneathTabs: true, isAboveEdge: true, isWithin: true };

/** Runs in the page: scrolls so that what is selected is just seen below the tabs, and nothing above it. */
function selectedToTabs(): void {
  const { document } = globalThis;
  const nav = document.querySelector("nav")?.getBoundingClientRect().bottom ?? 0;
  globalThis.scrollBy(0, (document.querySelector(".selected")?.getBoundingClientRect().top ?? 0) - nav - 1);
}

/** Runs in the page: scrolls so that what is selected is just seen above the lower edge. */
function selectedToEdge(): void {
  const { bottom } = globalThis.document.querySelector(".selected")?.getBoundingClientRect() ?? { bottom: 0 };
  globalThis.scrollBy(0, bottom - innerHeight + 1);
}

function deepestSpan(): number {
  const { spans } = reportOf(AGENTS);
  const levels: number[] = [];
  for (const { parent } of spans) levels.push((levels[parent] ?? -1) + 1);
  return levels.indexOf(Math.max(...levels));
}

/** Where the outline of what is selected is, once nothing glides. */
function selectedIsSeen(page: Page) {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(globalThis.requestAnimationFrame);
    const { document } = globalThis;
    const path = document.querySelector(".selected") as SVGPathElement;
    const { left, right, top, bottom } = path.getBoundingClientRect();
    const stage = document.querySelector(".stage")?.getBoundingClientRect() as DOMRect;
    return {
      isBeneathTabs: top >= (document.querySelector("nav")?.getBoundingClientRect().bottom ?? 0),
      isAboveEdge: bottom <= innerHeight,
      isWithin: right > stage.left && left < stage.right && right - left > 0,
    };
  });
}
