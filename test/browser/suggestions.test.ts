import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Suggestion } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, recordedPage, withChart } from "../support/chart-page.js";
import { withHtml } from "../support/keys-page.js";
import { textsOfLowContrast } from "../support/looks.js";
import { SUGGESTIONS, withSuggestions } from "../support/suggestions.js";
import { laidOut } from "../support/tabs.js";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };
/** Of the recording: a read that a suggestion is about, its step, the answer in that, and a call that none is about. */
const READ = 9;
const STEP = 6;
const ANSWER = 7;
const BASH = 52;
const TEXT = SUGGESTIONS[0]?.apply[0]?.text ?? "";

const page = (suggestions = SUGGESTIONS) =>
  renderHtml(withSuggestions(recordedPage().report, suggestions), readPageAssets());

describe.skipIf(!hasChromium)("suggestions in a real browser", () => {
  const browser = startedBrowser();

  describe.each(PLACES)("%s", (place) => {
    const look = (use: (chart: ChartPage) => Promise<void>, hash: string) =>
      withChart(browser(), { place, hash, changed: () => page() }, use);

    test("the tab shows the cards", () =>
      look(async ({ frame }) => {
        await frame.locator("#tab-suggestions").click();
        for (const { title } of SUGGESTIONS)
          expect(await frame.locator("#suggestions h3", { hasText: title }).isVisible()).toBe(true);
      }, "#overview"));

    test("a card of the Overview leads to the whole one, again and again", () =>
      look(async ({ frame }) => {
        for (let i = 0; i < 2; i++) {
          await frame.locator("#overview .card a").nth(2).click();
          const card = frame.locator("#suggestion-large-model.hit");
          await card.waitFor();
          await expect.poll(() => card.evaluate(isInWindow)).toBe(true);
          await frame.locator("#tab-overview").click();
        }
      }, "#overview"));

    test("the link to all leads to their beginning, and the keyboard goes on there", () =>
      look(async ({ frame }) => {
        await frame.locator('#overview .foot a[href="#suggestions"]').click();
        await frame.locator("#suggestions .answer").waitFor();
        expect(await frame.evaluate(() => [scrollY, globalThis.document.activeElement?.id])).toEqual([
          0,
          "tab-suggestions",
        ]);
      }, "#overview"));

    test("the line under a table leads to the card", () =>
      look(async ({ frame }) => {
        await frame.locator("#tokens .remark a", { hasText: "Read the part of" }).click();
        await frame.locator("#suggestion-carried-file.hit").waitFor();
      }, "#tokens"));

    test("the details of a span lead to what it is evidence of", () =>
      look(async (chart) => {
        const links = chart.frame.locator('.details a[href^="#suggestion-"]');
        await chart.click(READ);
        expect(await links.allInnerTexts()).toEqual([
          "Suggestion: Read files in one step",
          "Suggestion: Read the part of src/auth/session.ts that matters",
        ]);
        await links.first().click();
        await chart.frame.locator("#suggestion-sequential-reads.hit").waitFor();
      }, "#timeline"));

    test.each([
      [STEP, 3],
      [ANSWER, 1],
      [BASH, 0],
    ])("the details of span %i: %i links", (span, count) =>
      look(async ({ frame }) => {
        await frame.locator(".details").waitFor();
        expect(await frame.locator('.details a[href^="#suggestion-"]').count()).toBe(count);
      }, `#timeline&span=${span}`),
    );

    test("evidence selects its span in the chart", () =>
      look(async (chart) => {
        await chart.frame.locator("#suggestion-sequential-reads dd a").nth(1).click();
        await chart.isLive();
        expect(await chart.selected()).toContain("read middleware.ts");
      }, "#suggestions"));
  });

  const card = (rule: string) => `#suggestion-${rule}`;

  test("a text to apply is copied as it stands there, and the page says so", () =>
    withHtml(
      browser(),
      page(),
      async (tab) => {
        for (const [rule, label, text] of [
          ["sequential-reads", "Add to AGENTS.md", TEXT],
          ["large-model", "Merge into opencode.json", SUGGESTIONS[2]?.apply[0]?.text],
        ] as const) {
          const apply = tab.locator(card(rule)).locator(".apply");
          await apply.getByRole("button", { name: `Copy: ${label}` }).click();
          await expect.poll(() => apply.getByRole("status").innerText()).toBe("Copied");
          expect((await tab.evaluate(() => navigator.clipboard.readText())).replaceAll("\r", "")).toBe(text);
        }
        expect(await tab.locator(".apply button").count()).toBe(SUGGESTIONS.flatMap(({ apply }) => apply).length);
      },
      { hash: "#suggestions", ...CLIPBOARD },
    ));

  test("where copying is forbidden, the text is selected", () =>
    withHtml(
      browser(),
      page(),
      async (tab) => {
        await tab.evaluate(() => Object.defineProperty(navigator, "clipboard", { get: () => undefined }));
        const apply = tab.locator(card("sequential-reads")).locator(".apply");
        await apply.getByRole("button").click();
        await expect.poll(() => apply.getByRole("status").innerText()).toMatch(/^Copying is forbidden here/);
        expect(await tab.evaluate(() => String(getSelection()))).toBe(TEXT);
      },
      { hash: "#suggestions" },
    ));

  test("a page without a chart has the buttons too", () =>
    withHtml(
      browser(),
      renderHtml(
        withSuggestions({
          ...recordedPage().report,
          summary: { ...recordedPage().report.summary, wallMs: 0 },
        }),
        readPageAssets(),
      ),
      async (tab) => {
        await tab.locator(card("sequential-reads")).getByRole("button").click();
        await expect.poll(() => tab.locator(card("sequential-reads")).getByRole("status").innerText()).toBe("Copied");
      },
      { hash: "#suggestions", ...CLIPBOARD },
    ));

  const LONG = "n".repeat(2_000);
  const endless: Suggestion[] = SUGGESTIONS.map((suggestion) => ({
    ...suggestion,
    ...{ title: LONG, message: LONG, why: LONG, formula: LONG, caveat: LONG },
    apply: [{ label: LONG, text: LONG }],
  }));
  const looks: (BrowserContextOptions & { readonly width: number })[] = [
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 1280 },
    { colorScheme: "light", width: 390 },
    { colorScheme: "dark", width: 390 },
    { colorScheme: "light", width: 1280, forcedColors: "active" },
    { colorScheme: "dark", width: 1280, forcedColors: "active" },
  ];

  test.each(looks)(
    "$colorScheme, $width px, forced colours $forcedColors: every text can be read, nothing runs off the page",
    async ({ width, ...options }) => {
      const viewport = { width, height: 900 };
      for (const suggestions of [SUGGESTIONS, endless])
        for (const javaScriptEnabled of [true, false])
          for (const hash of ["#suggestions", "#suggestion-large-model", "#tokens"])
            await withHtml(
              browser(),
              page(suggestions),
              async (tab) => {
                if (!javaScriptEnabled) await laidOut(tab);
                expect(await tab.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(width);
                expect(await tab.evaluate(textsOfLowContrast)).toEqual([]);
              },
              { hash, viewport, javaScriptEnabled, ...options },
            );
    },
    60_000,
  );

  test("side by side where there is room, under each other where there is none", async () => {
    const lefts = async (width: number) => {
      const found: number[] = [];
      const look = async (tab: Page) => {
        for (const one of await tab.locator("#suggestions .card").all()) found.push((await one.boundingBox())?.x ?? -1);
      };
      await withHtml(browser(), page(), look, { hash: "#suggestions", viewport: { width, height: 900 } });
      return new Set(found).size;
    };
    expect([await lefts(1_264), await lefts(390)]).toEqual([2, 1]);
  });

  test("on paper, the cards and their texts are there, the buttons are not", () =>
    withHtml(
      browser(),
      page(),
      async (tab) => {
        await tab.emulateMedia({ media: "print" });
        expect(await tab.locator("#suggestions .card pre").first().isVisible()).toBe(true);
        expect(await tab.locator("#suggestions button:visible").count()).toBe(0);
      },
      { hash: "#suggestions" },
    ));
});

/** Runs in the page. */
function isInWindow(element: Element): boolean {
  const { top } = element.getBoundingClientRect();
  return top >= 0 && top < innerHeight;
}
