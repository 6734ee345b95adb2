import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { picture, press, shownContrast, type Visit, withReport } from "../support/keys-page.js";

const DEBUG = "1.18.34 debug-auth";
const ALL_AT_ONCE = "#timeline&span=9&find=read&zoom=1000-9000";

describe.skipIf(!hasChromium)("the chart as it is drawn", () => {
  const browser = startedBrowser();

  const visit = (look: (page: Page) => Promise<void>, options?: Visit) => withReport(browser(), DEBUG, look, options);
  const schemes = ["light", "dark"] as const;

  test.each(
    schemes.flatMap((scheme) =>
      ["", "&path=1", "&picture=graph", "&picture=sandwich&name=step"].map((rest) => [scheme, rest] as const),
    ),
  )("%s%s: every label can be read on its bar", async (colorScheme, rest) => {
    await visit(
      async (page) => {
        const labels = await page.evaluate(labelsOnBars);
        expect(labels.length).toBeGreaterThan(3);
        expect(labels.filter(({ ink, paper }) => shownContrast(ink, paper) < 4.5)).toEqual([]);
      },
      { colorScheme, hash: `#timeline${rest}` },
    );
  });

  test.each(schemes)("%s: on any fill, an outline or the halo around it can be seen", async (colorScheme) => {
    await visit(
      async (page) => {
        const fills = await fillsOfBars(page);
        for (const line of [".hits", ".selected", ".map-hits"] as const) {
          const colours = [await strokeOf(page, line), await strokeOf(page, `.halo:has(+ ${line})`)];
          for (const fill of fills)
            expect(Math.max(...colours.map((colour) => shownContrast(colour, fill)))).toBeGreaterThanOrEqual(3);
          expect(shownContrast(colours[0] as string, colours[1] as string)).toBeGreaterThanOrEqual(3);
        }
      },
      { colorScheme, hash: ALL_AT_ONCE },
    );
  });

  test.each(schemes)(
    "%s, in the system's own colours: bars, labels, hits, the selection and the focus differ",
    async (colorScheme) => {
      await visit(
        async (page) => {
          await press(page, "ArrowRight");
          const paper = await page.evaluate(() => getComputedStyle(globalThis.document.body).backgroundColor);
          const seen = (colour: string) => shownContrast(colour, paper);
          const bars = await page
            .locator(".live path[fill]:not([d='']):not(.fold)")
            .evaluateAll((all) => all.map((bar) => getComputedStyle(bar).stroke));
          for (const edge of bars) expect(seen(edge)).toBeGreaterThanOrEqual(3);
          const labels = await page.evaluate(labelsOnBars);
          expect(labels.filter(({ ink, paper: behind }) => shownContrast(ink, behind) < 4.5)).toEqual([]);
          const [hits, selected] = [await lineOf(page, ".hits"), await lineOf(page, ".selected")];
          for (const { stroke } of [hits, selected]) expect(seen(stroke)).toBeGreaterThanOrEqual(3);
          // A hit's outline is broken, the selected one's has a colour of its own: no bar's is either.
          expect(hits.strokeDasharray).not.toBe("none");
          expect(selected.strokeDasharray).toBe("none");
          expect([...bars, hits.stroke]).not.toContain(selected.stroke);
          const focus = await picture(page).evaluate((tree) => getComputedStyle(tree).outline);
          expect(focus).toContain("solid");
          expect(seen(focus)).toBeGreaterThanOrEqual(3);
          const [on, off] = await chosen(page);
          expect(on).not.toBe(off);
        },
        { colorScheme, forcedColors: "active", hash: ALL_AT_ONCE },
      );
    },
  );
});

/** Runs in the page: each label's colour, and the colours that it stands on. */
function labelsOnBars(): { text: string; ink: string; paper: string }[] {
  const { document } = globalThis;
  const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const page = getComputedStyle(document.body).backgroundColor;
  const over = (colour: string, opacity: number) =>
    `rgb(${numbers(colour)
      .slice(0, 3)
      .map((part, i) => Math.round(part * opacity + (numbers(page)[i] ?? 0) * (1 - opacity)))
      .join(", ")})`;
  const papers = (bar: Element, isHaloed: boolean) => {
    const { fill, fillOpacity } = getComputedStyle(bar);
    const id = /^url\("#(.+)"\)/.exec(fill)?.[1];
    const pattern = id && document.getElementById(id);
    const own = getComputedStyle(pattern || bar);
    return [own.fill, ...(pattern && !isHaloed ? [own.stroke] : [])].map((colour) => over(colour, Number(fillOpacity)));
  };
  return [...document.querySelectorAll<SVGTextElement>(".live g:nth-of-type(3) text")].flatMap((text) => {
    const { fill: ink, stroke } = getComputedStyle(text);
    const kind = text.getAttribute("class") ?? "";
    const bars = kind === "on-page" ? ".live .dim" : `.live .${kind.replace(/^on-/, "")}:not(.dim)`;
    const found =
      kind === "file" ? [page] : [...document.querySelectorAll(bars)].flatMap((bar) => papers(bar, stroke !== "none"));
    return found.map((paper) => ({ text: text.textContent ?? "", ink, paper }));
  });
}

function fillsOfBars(page: Page): Promise<string[]> {
  return page.locator(".live path[fill]:not(.fold)").evaluateAll((all) =>
    all.map((bar) => {
      const id = /^url\("#(.+)"\)/.exec(getComputedStyle(bar).fill)?.[1];
      return getComputedStyle((id && globalThis.document.getElementById(id)) || bar).fill;
    }),
  );
}

async function lineOf(page: Page, selector: string): Promise<{ stroke: string; strokeDasharray: string }> {
  return page.locator(selector).evaluate((path) => {
    const { stroke, strokeDasharray } = getComputedStyle(path);
    return { stroke, strokeDasharray };
  });
}

async function strokeOf(page: Page, selector: string): Promise<string> {
  return (await lineOf(page, selector)).stroke;
}

/** The backgrounds of the chosen picture and of another one. */
function chosen(page: Page): Promise<string[]> {
  return page
    .locator(".choice label")
    .evaluateAll((all) => all.slice(0, 2).map((one) => getComputedStyle(one).backgroundColor));
}
