import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { startedBrowser } from "../support/browser.js";
import { temporaryFolder } from "../support/fixtures.js";
import { sessionFromText } from "../support/session-text.js";
import { eachPlace } from "../support/tabs.js";

const CALLS = 250;
/** So many that those that are left out are not packed either. */
const TOO_MANY_CALLS = 1_300;

/** As many model calls, in an order that is not that of their sizes; some texts would be formulas or markup. */
function longReport(calls: number): Report {
  const models = Array.from({ length: calls }, (_, i) => `    model ${i * 10}..${i * 10 + 1 + ((i * 7) % 9)}`);
  const session = sessionFromText([`session 0..${calls * 10}`, `  turn 0..${calls * 10}`, ...models].join("\n"));
  const messages = session.messages.map((message, i) => ({
    ...message,
    tokens: { uncachedInput: (i * 37) % calls, cacheRead: 5, cacheWrite: 0, output: 1_000, reasoning: 0 },
    text: {
      ...message.text,
      firstWords: i === 0 ? "=1+1" : i === 1 ? '<img src=x onerror="alert(1)">, "b"' : `answer ${i}`,
    },
  }));
  return analyze({ ...session, messages }, "test");
}

const PRESSED =
  "th button, .table-tools button, .table-tools input, .live-chart button, .live-chart select, .live-chart label, .live-chart [type=search]";

const assets = readPageAssets();
const cut = renderHtml(longReport(CALLS), assets);
const full = renderHtml(longReport(CALLS), assets, { fullTables: true });

describe.skipIf(!hasChromium)("tables in a real browser", () => {
  const browser = startedBrowser();

  /** Opens a page from its file where its messages are; fails the test where anything was said on the console or asked for. */
  async function withPage(
    html: string,
    look: (page: Page) => Promise<void>,
    {
      hash = "#tokens",
      saysToo,
      ...options
    }: BrowserContextOptions & { readonly hash?: string; readonly saysToo?: RegExp } = {},
  ): Promise<void> {
    const path = join(temporaryFolder(), "report.html");
    writeFileSync(path, html);
    const context = await browser().newContext(options);
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("dialog", (dialog) => said.push(dialog.message()));
    page.on("request", (request) =>
      said.push(...(request.url().startsWith(pathToFileURL(path).href) ? [] : [request.url()])),
    );
    await page.goto(pathToFileURL(path).href + hash);
    await look(page);
    expect(said.filter((text) => !saysToo?.test(text))).toEqual([]);
    await context.close();
  }

  const tools = (page: Page) => page.getByRole("group", { name: "Tools for Tokens by message" });
  const rows = (page: Page) => page.locator("table.messages tbody tr");
  const numbers = (page: Page) => page.locator("table.messages tbody td:first-child").allInnerTexts();
  const heading = (page: Page, name: string) => page.locator("table.messages th", { hasText: name });

  test("all rows of a cut table can be shown, and are those of --full-tables", async () => {
    const bodies: string[] = [];
    await withPage(cut, async (page) => {
      expect(await rows(page).count()).toBe(201);
      await tools(page).getByRole("button", { name: "Show all 250 rows" }).click();
      await expect.poll(() => rows(page).count()).toBe(250);
      expect(await page.locator("table.messages tr.rest, table.messages img").count()).toBe(0);
      expect(
        await tools(page)
          .getByRole("button", { name: /Show all/ })
          .count(),
      ).toBe(0);
      bodies.push((await rows(page).evaluateAll((all) => all.map((row) => row.outerHTML))).join("\n"));
    });
    await withPage(full, async (page) => {
      expect(await page.locator("script[data-rows]").count()).toBe(0);
      bodies.push((await rows(page).evaluateAll((all) => all.map((row) => row.outerHTML))).join("\n"));
    });
    expect(bodies[0]).toBe(bodies[1]);
  });

  test("a heading sorts all rows: largest first, smallest first, as in the page", async () => {
    await withPage(cut, async (page) => {
      const uncached = heading(page, "Uncached input");
      await uncached.getByRole("button").click();
      await expect.poll(() => uncached.getAttribute("aria-sort")).toBe("descending");
      expect((await numbers(page)).length).toBe(250);
      const values = await page.locator("table.messages tbody td:nth-child(5)").allInnerTexts();
      expect(values.map(Number)).toEqual(values.map((_, i) => CALLS - 1 - i));
      await uncached.getByRole("button").click();
      await expect.poll(() => uncached.getAttribute("aria-sort")).toBe("ascending");
      expect((await numbers(page))[0]).toBe("#1");
      await uncached.getByRole("button").click();
      await expect.poll(() => uncached.getAttribute("aria-sort")).toBe(null);
      expect((await numbers(page)).slice(0, 3)).toEqual(["#1", "#2", "#3"]);
    });
  });

  test("a heading sorts wherever it is clicked, beside its word too", async () => {
    await withPage(cut, async (page) => {
      const content = heading(page, "Content");
      const { width, height } = (await content.boundingBox()) as { width: number; height: number };
      const corners = [
        [1, 1, "ascending"],
        [width - 2, height - 2, "descending"],
        [width - 2, 1, null],
      ] as const;
      for (const [x, y, order] of corners) {
        await content.click({ position: { x, y } });
        await expect.poll(() => content.getAttribute("aria-sort")).toBe(order);
      }
    });
  });

  test("the keyboard reaches the filter, the buttons and the headings, and what has the focus is marked", async () => {
    await withPage(cut, async (page) => {
      await tools(page).getByRole("searchbox").focus();
      const names: string[] = [];
      for (let key = 0; key < 5; key++) {
        await page.keyboard.press("Tab");
        names.push(await page.evaluate(() => `${globalThis.document.activeElement?.textContent}`.trim().slice(0, 17)));
        if (key !== 2)
          expect(
            await page.evaluate(() => getComputedStyle(globalThis.document.activeElement as Element).outlineStyle),
          ).toBe("solid");
      }
      expect([...names.slice(0, 2), ...names.slice(3)]).toEqual(["Show all 250 rows", "Copy as CSV", "#", "Content"]);
      await page.keyboard.press("Enter");
      await expect.poll(() => heading(page, "Content").getAttribute("aria-sort")).toBe("ascending");
      expect((await numbers(page))[0]).toBe("#2");
    });
  });

  test("the filter shows matching rows, says how many, and leaves the total", async () => {
    await withPage(cut, async (page) => {
      await tools(page).getByRole("searchbox").fill("ANSWER 24");
      await expect.poll(() => tools(page).getByRole("status").innerText()).toBe("11 of 250 rows");
      expect(await rows(page).count()).toBe(11);
      expect(await page.locator("table.messages tfoot tr").count()).toBe(1);
      await tools(page).getByRole("searchbox").fill("");
      await expect.poll(() => rows(page).count()).toBe(250);
      expect(await tools(page).getByRole("status").innerText()).toBe("");
    });
  });

  test("what is copied is every row that passes the filter, as CSV without formulas", async () => {
    const look = async (page: Page) => {
      await heading(page, "#").getByRole("button").click();
      await tools(page).getByRole("button", { name: "Copy as CSV" }).click();
      await expect.poll(() => tools(page).getByRole("status").innerText()).toBe("Copied 250 rows");
      const lines = (await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/);
      expect(lines).toHaveLength(CALLS + 2);
      expect(lines[0]).toBe("#,Content,Total,Cost (USD),Uncached input,Cache read,Output,Cache hits");
      expect(lines.slice(-3)).toEqual([
        '2,"<img src=x onerror=""alert(1)"">, ""b""",1042,0.01,37,5,1000,12 %',
        "1,'=1+1,1005,0.01,0,5,1000,100 %",
        "",
      ]);
    };
    await withPage(cut, look, { permissions: ["clipboard-read", "clipboard-write"] });
  });

  test("where copying is forbidden, the CSV stands selected under the table", async () => {
    const framed = `<iframe sandbox="allow-scripts" width="1200" height="900" srcdoc="${cut.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"></iframe>`;
    await withPage(
      framed,
      async (page) => {
        const frame = page.frameLocator("iframe");
        await frame.getByRole("tab", { name: "Tokens" }).click();
        const bar = frame.getByRole("group", { name: "Tools for Tokens by message" });
        await bar.getByRole("button", { name: "Copy as CSV" }).click();
        await expect.poll(() => bar.getByRole("status").innerText()).toContain("250 rows selected below");
        const field = frame.getByRole("textbox", { name: "messages.csv" });
        const [text, selected] = await field.evaluate((area: HTMLTextAreaElement) => [
          area.value,
          area.value.slice(area.selectionStart, area.selectionEnd),
        ]);
        expect(selected).toBe(text);
        expect(text?.trim().split("\n")).toHaveLength(CALLS + 1);
      },
      { saysToo: /^Permissions policy violation: The Clipboard API/ },
    );
  });

  test("a link to a row that is packed or filtered out shows it", async () => {
    const packed = `#m${[...full.matchAll(/<tr id="m(\d+)"/g)].map((match) => match[1]).find((id) => !cut.includes(`<tr id="m${id}"`))}`;
    const look = async (page: Page) => {
      const row = page.locator(packed);
      await expect.poll(() => row.count()).toBe(1);
      await expect.poll(() => row.evaluate((element) => element.className)).toBe("hit");
      await expect.poll(() => row.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(900);
    };
    await withPage(cut, look, { hash: packed });
    await withPage(cut, async (page) => {
      await page.evaluate((hash) => {
        globalThis.location.hash = hash;
      }, packed);
      await look(page);
      await tools(page).getByRole("searchbox").fill("answer 249");
      await expect.poll(() => rows(page).count()).toBe(1);
      await page.evaluate(() => {
        globalThis.location.hash = "#m3";
      });
      await expect.poll(() => rows(page).count()).toBe(250);
      expect(await tools(page).getByRole("searchbox").inputValue()).toBe("");
    });
  });

  test("without script there is the table: 200 rows, what the rest sums to, and no tools", async () => {
    await withPage(
      cut,
      async (page) => {
        expect(await rows(page).count()).toBe(201);
        expect(await page.locator("table.messages tr.rest").innerText()).toContain("50 further messages");
        expect(await page.locator("table button, .table-tools").count()).toBe(0);
      },
      { javaScriptEnabled: false },
    );
  });

  test("a browser that cannot unpack sorts, filters and copies the rows that it has, and says so", async () => {
    await withPage(cut, async (page) => {
      await page.evaluate(() => Reflect.deleteProperty(globalThis, "DecompressionStream"));
      await tools(page).getByRole("searchbox").fill("answer");
      await expect.poll(() => tools(page).getByRole("status").innerText()).toContain("cannot unpack 50 further rows");
      expect(await rows(page).last().getAttribute("class")).toBe("rest");
    });
  });

  test("a table too long to be packed says so, and that only the largest rows are sorted and copied", async () => {
    const look = async (page: Page) => {
      const status = tools(page).getByRole("status");
      const words = "the largest rows alone; --full-tables has all";
      expect(await page.locator('script[data-rows="messages"]').count()).toBe(0);
      expect(await status.innerText()).toBe(words);
      expect(await tools(page).getByRole("button").allInnerTexts()).toEqual(["Copy as CSV"]);
      await tools(page).getByRole("searchbox").fill("answer 12");
      await expect.poll(() => status.innerText()).toMatch(/^\d+ of 200 rows; the largest rows alone/);
      await tools(page).getByRole("searchbox").fill("");
      await expect.poll(() => status.innerText()).toBe(words);
      expect(await page.locator("table.messages tr.rest").innerText()).toContain("1,100 further messages");
      await tools(page).getByRole("button", { name: "Copy as CSV" }).click();
      await expect.poll(() => status.innerText()).toBe(`Copied 200 rows; ${words}`);
    };
    const html = renderHtml(longReport(TOO_MANY_CALLS), assets);
    await withPage(html, look, { permissions: ["clipboard-read", "clipboard-write"] });
  });

  test("a table that is whole, or that can be unpacked, says nothing of the kind", async () => {
    for (const html of [cut, full])
      await withPage(html, async (page) => expect(await tools(page).getByRole("status").innerText()).toBe(""));
  });

  test.each([false, true])(
    "what is pressed is large enough (touch: %s), and nothing of it is printed",
    async (isMobile) => {
      await withPage(
        cut,
        async (page) => {
          const heights: number[] = [];
          await eachPlace(page, async () => {
            const seen = await page
              .locator(PRESSED)
              .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().height));
            heights.push(...seen.filter((height) => height > 0));
          });
          expect(heights.length).toBeGreaterThan(60);
          expect(Math.min(...heights)).toBeGreaterThanOrEqual(isMobile ? 44 : 24);
          await page.emulateMedia({ media: "print" });
          for (const tool of await page.locator(".table-tools").all()) expect(await tool.isVisible()).toBe(false);
        },
        { isMobile, hasTouch: isMobile },
      );
    },
  );
});
