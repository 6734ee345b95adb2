import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { JSDOM } from "jsdom";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import { renderHtml } from "../../src/render/index.js";
import { startedBrowser } from "../support/browser.js";
import { recordedPage } from "../support/chart-page.js";
import { temporaryFolder } from "../support/fixtures.js";
import { printable, printedSheets, type Sheet } from "../support/printed.js";
import { sessionFromStory } from "../support/story-text.js";

/** One has long tables, one of them closed; the other has the widest. */
const RECORDINGS = ["1.18.34 clean-feature", "1.18.34 thrash"];
const FOLDED = `
  turn 0..9000 asks:12
    step 0..2000 first:800 until:1500 prompt:9000 cached:8000 out:40 cost:0.01
  turn 60000..61000 asks:5
`;
const CASES = RECORDINGS.flatMap((recording) =>
  (["A4", "Letter"] as const).flatMap((paper) => [true, false].map((hasScript) => ({ recording, paper, hasScript }))),
);
/** What is told by more than a sentence, or must not be torn. */
const WHOLE = ["tr", "h1", "h2", "h3", ".notes li", ".tile", ".legend li", ".card p", ".card pre", ".facts div"];

describe.skipIf(!hasChromium)("on paper", () => {
  const browser = startedBrowser();
  const printed = new Map<unknown, readonly Sheet[]>();

  async function withPage<T>(html: string, hasScript: boolean, use: (page: Page) => Promise<T>): Promise<T> {
    const path = join(temporaryFolder(), "report.html");
    writeFileSync(path, html);
    const context = await browser().newContext({ javaScriptEnabled: hasScript, colorScheme: "dark" });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
    if (hasScript) await page.locator(".still[hidden]").waitFor({ state: "attached" });
    const used = await use(page);
    await context.close();
    return used;
  }

  describe.each(CASES)("$recording, $paper, with script: $hasScript", (one) => {
    async function sheets(): Promise<readonly Sheet[]> {
      const made =
        printed.get(one) ??
        (await withPage(recordedPage(one.recording).html, one.hasScript, (page) => printedSheets(page, one.paper)));
      printed.set(one, made);
      return made;
    }
    const texts = (selector: string) => shownTexts(recordedPage(one.recording).html, selector);

    test("every row, suggestion and note is there, each on one sheet, and nothing beyond the edge", async () => {
      const found = await sheets();
      const isOnOne = (text: string) => found.some((sheet) => sheet.text.includes(text));
      expect(texts("main tr").length).toBeGreaterThan(80);
      for (const selector of WHOLE) expect(texts(`main ${selector}`).filter((text) => !isOnOne(text))).toEqual([]);
      expect(texts("main p").filter((text) => !isOnOne(text) && !goesOnOverleaf(text, found))).toEqual([]);
      expect(found.flatMap(({ cutOff }) => cutOff)).toEqual([]);
    });

    test("each section begins a sheet, and no heading ends one", async () => {
      const found = await sheets();
      const beginnings = texts("section + section").map((text) => text.slice(0, 30));
      let before = 0;
      for (const beginning of beginnings) {
        const sheet = found.findIndex(({ text }, i) => i > before && text.startsWith(beginning));
        expect({ beginning, sheet }).toEqual({ beginning, sheet: Math.max(before + 1, sheet) });
        before = sheet;
      }
      const headings = texts("h2, h3, thead tr");
      const isEnd = (sheet: Sheet) => headings.some((heading) => sheet.text.endsWith(heading));
      expect(found.filter(isEnd)).toEqual([]);
    });

    test("sheets are numbered, and a table has its headings on each", async () => {
      const found = await sheets();
      expect(found.map(({ number }) => number)).toEqual(found.map((_, i) => `${i + 1}/${found.length}`));
      const [headings = ""] = texts("table.messages thead tr");
      const rows = texts("table.messages tbody tr");
      const holding = found.filter(({ text }) => rows.some((row) => text.includes(row)));
      for (const { text } of holding) expect(text).toContain(headings);
    });
  });

  test.each([true, false])("with script: %s, closed details are open", async (hasScript) => {
    const html = renderHtml(analyze(sessionFromStory(FOLDED), "test"), readPageAssets());
    const [before, sheets] = await withPage(html, hasScript, async (page) => {
      const closed = await page.locator("details:not([open]) .scroll").count();
      return [closed, await printedSheets(page, "A4")] as const;
    });
    expect(before).toBe(1);
    const text = sheets.map((sheet) => sheet.text).join("");
    expect(text).toContain("Thesameatthetruescale");
    // The axis of the picture in it.
    expect(text).toContain("35s40s45s50s55s1min");
  });

  test("it is light, whatever the screen is", async () => {
    const colours = (page: Page) =>
      page.evaluate(() => {
        const { backgroundColor, color, colorScheme } = getComputedStyle(document.body);
        return { backgroundColor, color, colorScheme };
      });
    const [screen, paper] = await withPage(recordedPage().html, true, async (page) => {
      const before = await colours(page);
      await page.emulateMedia({ media: "print" });
      return [before, await colours(page)] as const;
    });
    expect(screen.backgroundColor).not.toBe(paper.backgroundColor);
    expect(paper).toEqual({ backgroundColor: "rgb(255, 255, 255)", color: "rgb(27, 31, 36)", colorScheme: "light" });
  });

  test("nothing of a filtered table is passed off as all of it", async () => {
    const [all, some] = await withPage(recordedPage().html, true, async (page) => {
      const before = await printedSheets(page, "A4");
      await page.locator('nav a[href="#tokens"]').click();
      await page.getByRole("group", { name: "Tools for Tokens by message" }).getByRole("searchbox").fill("PLAY-ONE");
      return [before, await printedSheets(page, "A4")];
    });
    const words = (sheets: readonly Sheet[] | undefined) => (sheets ?? []).map(({ text }) => text).join("");
    expect(words(some)).toContain("PLAY-ONE1of17rows");
    expect(words(all)).not.toMatch(/Filterrows|CopyasCSV|Showall/);
    expect(words(some)).not.toMatch(/Filterrows|CopyasCSV|Showall/);
  });
});

/** Whether a text begins on one sheet and ends on the next. What is drawn first there may be something else. */
function goesOnOverleaf(text: string, sheets: readonly Sheet[]): boolean {
  const parts = Array.from(text, (_, i) => [text.slice(0, i + 1), text.slice(i + 1)] as const);
  return sheets.some((sheet, i) =>
    parts.some(([begun, rest]) => sheet.text.includes(begun) && sheets[i + 1]?.text.includes(rest)),
  );
}

/** What is to be read of elements on paper: what is only there to be heard, and pictures, are not. */
function shownTexts(html: string, selector: string): string[] {
  const { document } = new JSDOM(html).window;
  for (const unseen of document.querySelectorAll(".hidden, svg")) unseen.remove();
  return [...document.querySelectorAll(selector)]
    .map(({ textContent }) => printable(textContent ?? ""))
    .filter(Boolean);
}
