import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { formatDuration } from "../../src/report/format.js";
import { startedBrowser } from "../support/browser.js";
import { expectSpan, reportOf, shownPart, type Visit, withHtml, withReport } from "../support/keys-page.js";
import { sessionFromText } from "../support/session-text.js";

const AGENTS = "1.18.34 parallel-agents";

describe.skipIf(!hasChromium)("the chart as a table", () => {
  const browser = startedBrowser();

  const visit = (look: (page: Page) => Promise<void>, options?: Visit) => withReport(browser(), AGENTS, look, options);

  test("as a table: a row for each span, with the figures of the report; links select", async () => {
    const { spans } = reportOf(AGENTS);
    await visit(async (page) => {
      await openTable(page);
      await expect.poll(() => figures(page)).toEqual(spans.map(rowOf));
      expect(await foot(page)).toBe(`${spans.length} of ${spans.length} rows in view`);
      await page.locator(".as-table tbody button").nth(6).click();
      await expectSpan(page, 6);
      expect(await page.locator(".as-table tbody tr").count()).toBe(spans.length);
    });
  });

  test("as a table: of a zoom the rows that it shows, of a search its hits", async () => {
    const { spans } = reportOf(AGENTS);
    const [from, to] = [2_000, 5_000];
    const inView = spans.filter(({ startMs, endMs }) => startMs <= to && endMs >= from);
    await visit(
      async (page) => {
        await openTable(page);
        await expect.poll(() => figures(page)).toEqual(inView.map(rowOf));
        await page.getByRole("searchbox", { name: "Search in the chart" }).fill("bash");
        const hits = inView.filter(({ name }) => name === "bash");
        await expect.poll(() => figures(page)).toHaveLength(hits.length);
        expect((await figures(page)).map(String).sort()).toEqual(hits.map(rowOf).map(String).sort());
      },
      { hash: `#timeline&zoom=${from}-${to}` },
    );
  });

  test("a long table begins with 200 rows; Show 200 more adds as many, and the focus goes on to the first of them", async () => {
    const report = longReport();
    const look = async (page: Page) => {
      await openTable(page);
      const rows = page.locator(".as-table tbody tr");
      await expect.poll(() => rows.count()).toBe(200);
      await page.getByRole("button", { name: "Show 200 more" }).click();
      await expect.poll(() => rows.count()).toBe(400);
      expect(
        await rows
          .nth(200)
          .locator("button")
          .evaluate((link) => link === globalThis.document.activeElement),
      ).toBe(true);
      await rows.nth(300).locator("button").click();
      await expectSpan(page, 300);
      await shownPart(page);
      expect(await rows.count()).toBe(400);
      await page.getByRole("button", { name: `Show ${report.spans.length - 400} more` }).click();
      await expect.poll(() => figures(page)).toEqual(report.spans.map(rowOf));
      expect(await page.getByRole("button", { name: /^Show .* more$/ }).count()).toBe(0);
    };
    await withHtml(browser(), renderHtml(report, readPageAssets()), look);
  });
});

async function openTable(page: Page): Promise<void> {
  await page.locator(".as-table summary").click();
}

const foot = (page: Page) => page.locator(".as-table .foot").innerText();

/** Of each row, all but the name. */
function figures(page: Page): Promise<string[][]> {
  return page
    .locator(".as-table tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll("td")].slice(1).map(({ textContent }) => textContent ?? "")),
    );
}

function rowOf({ startMs, endMs, selfMs, basis, status, tokens }: ReportSpan): string[] {
  const total = tokens && Object.values(tokens).reduce((sum, count) => sum + count, 0);
  const times = [startMs, endMs - startMs, selfMs].map((ms) => formatDuration(ms));
  return [...times, basis, status, total === undefined ? "" : total.toLocaleString("en-US")];
}

/** A session of more spans than a table begins with. */
function longReport(): Report {
  const models = Array.from({ length: 430 }, (_, i) => `    model ${i * 10}..${i * 10 + 8}`);
  return analyze(sessionFromText(["session 0..4300", "  turn 0..4300", ...models].join("\n")), "test");
}
