import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { ReportSpan } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { violations, withAxe } from "../support/axe.js";
import { startedBrowser } from "../support/browser.js";
import { press, reportOf, withHtml, withReport } from "../support/keys-page.js";
import { withSuggestions } from "../support/suggestions.js";

const RECORDINGS = ["1.18.34 debug-auth", "1.18.34 faults", "1.18.34 hostile", "1.18.34 parallel-agents"];

describe.skipIf(!hasChromium)("axe finds nothing", () => {
  const browser = startedBrowser();

  // What differs between recordings does not differ between all looks of each.
  const looks = RECORDINGS.flatMap((recording, i) =>
    (["light", "dark"] as const).flatMap((scheme, j) =>
      [1280, 390].flatMap((width, k) => (i === 0 || j === k ? [[recording, scheme, width] as const] : [])),
    ),
  );

  test.each(looks)(
    "%s, %s, %i px: on any tab, with everything open",
    async (recording, colorScheme, width) => {
      const call = tellingCall(recording);
      const zoomed = `span=${call}&zoom=${zoomAround(recording, call)}&find=e`;
      const look = async (page: Page) => {
        await withAxe(page);
        for (const hash of [
          `#overview&${zoomed}`,
          `#timeline&${zoomed}&path=1`,
          "#timeline&picture=graph&node=2&find=e&zoom=0.1-0.6",
          "#timeline&picture=sandwich&name=step&node=0&regex=(",
          "#tokens",
          "#tools",
          "#suggestions",
          "#notes",
        ]) {
          await show(page, hash);
          expect({ hash, found: await violations(page) }).toEqual({ hash, found: [] });
        }
        await show(page, "#timeline");
        await press(page, "?");
        await page.getByRole("dialog").waitFor();
        expect(await violations(page)).toEqual([]);
      };
      const hasTouch = width < 500;
      await withReport(browser(), recording, look, { colorScheme, viewport: { width, height: 900 }, hasTouch });
    },
    180_000,
  );

  test("what it looks at is what is meant: details with arguments and output, breadcrumbs, hits, the table", async () => {
    const recording = "1.18.34 faults";
    const call = tellingCall(recording);
    const look = async (page: Page) => {
      await show(page, `#timeline&span=${call}&zoom=${zoomAround(recording, call)}&find=e`);
      const names = await page.locator(".details dt").allInnerTexts();
      expect(names).toEqual(expect.arrayContaining(["Arguments", "Error"]));
      await expect.poll(() => page.locator(".crumbs li").count()).toBeGreaterThan(1);
      expect(await page.locator(".hit-count").innerText()).toMatch(/ hits?, | of /);
      await expect.poll(() => page.locator(".as-table tbody tr").count()).toBeGreaterThan(0);
      expect(await page.locator("details:not([open])").count()).toBe(0);
    };
    await withReport(browser(), recording, look);
  });

  test.each(["light", "dark"] as const)(
    "%s: with suggestions, in the Overview, on their cards and under tables",
    async (colorScheme) => {
      const html = renderHtml(withSuggestions(reportOf("1.18.34 debug-auth")), readPageAssets());
      const look = async (page: Page) => {
        await withAxe(page);
        for (const hash of ["#overview", "#suggestions", "#suggestion-large-model", "#tokens", "#timeline&span=9"]) {
          await show(page, hash);
          expect({ hash, found: await violations(page) }).toEqual({ hash, found: [] });
        }
      };
      await withHtml(browser(), html, look, { colorScheme });
    },
    180_000,
  );

  test("it would find something", async () => {
    await withReport(browser(), "1.18.34 debug-auth", async (page) => {
      await withAxe(page);
      await page.evaluate(() => {
        globalThis.document.querySelector(".as-table summary")?.replaceChildren();
        const hint = globalThis.document.querySelector<HTMLElement>(".hint");
        if (hint) hint.style.color = "#aaa";
      });
      const found = (await violations(page)).map((line) => line.split(" ")[0]);
      expect(found).toEqual(expect.arrayContaining(["color-contrast", "summary-name"]));
    });
  });
});

/** Shows what an address says, and opens all that can be opened. */
async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    globalThis.location.hash = to;
  }, hash);
  const id = hash.slice(1).split("&")[0];
  await page.locator(`section:is(#${id}, :has(#${id})):not([hidden])`).waitFor();
  await page.evaluate(async () => {
    for (const details of globalThis.document.querySelectorAll("details")) details.open = true;
    // What waits for the last of many frames comes after it.
    await new Promise((done) => setTimeout(done, 200));
  });
}

/** The tool call of which there is most to say. */
function tellingCall(recording: string): number {
  const { spans } = reportOf(recording);
  const known = ({ error, input, output }: ReportSpan) =>
    [error, error, input, output].filter((value) => value !== undefined).length;
  const calls = spans.flatMap(({ kind }, id) => (kind === "tool" ? [id] : []));
  return calls.sort((a, b) => known(spans[b] as ReportSpan) - known(spans[a] as ReportSpan))[0] as number;
}

/** The turn, or whatever, that the call's step lies in. */
function zoomAround(recording: string, call: number): string {
  const { spans } = reportOf(recording);
  const step = spans[spans[call]?.parent ?? 0];
  return `${step?.startMs}-${step?.endMs}`;
}
