import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "better-sqlite3";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { copyOf, EXAMPLE, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { coloursOfBars, labelsOnBars, markOfTarget, ownTexts, textsOfLowContrast } from "../support/looks.js";
import { runCli } from "../support/run-cli.js";
import { drawn, eachPlace, laidOut } from "../support/tabs.js";

/** What a page did besides being shown. */
interface Visit {
  readonly page: Page;
  readonly requests: string[];
  readonly messages: string[];
}

// Where there is neither an installed Chrome or Chromium nor a packaged one (not Linux on x64), set CHROME_PATH.
describe.skipIf(!hasChromium)("in a real browser", () => {
  const browser = startedBrowser();

  const visit = (recording: string, options: BrowserContextOptions = {}) => visitDb(recordedPath(recording), options);

  async function visitDb(db: string, options: BrowserContextOptions): Promise<Visit> {
    const path = join(temporaryFolder(), "report.html");
    const { href } = pathToFileURL(path);
    writeFileSync(path, runCli(["report", "--db", db, "-o", "-"]).stdout);
    const context = await browser().newContext(options);
    const page = await context.newPage();
    const requests: string[] = [];
    const messages: string[] = [];
    page.on("request", (request) => requests.push(...(request.url() === href ? [] : [request.url()])));
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(error.message));
    page.on("dialog", (dialog) => messages.push(dialog.message()));
    await page.goto(href);
    return { page, requests, messages };
  }

  const widthOf = (page: Page) => page.evaluate(() => globalThis.document.documentElement.scrollWidth);

  /** Nothing runs off the page, no label over its bar, every text can be read: of what is shown now. */
  async function expectTidy(page: Page, width: number, hasBars: boolean): Promise<void> {
    expect(await widthOf(page)).toBe(width);
    const labels = await page.evaluate(labelsOnBars);
    expect(labels.filter(({ isBeyond }) => isBeyond)).toEqual([]);
    expect(labels.length > 0).toBe(hasBars);
    expect(await page.evaluate(textsOfLowContrast)).toEqual([]);
  }

  test.each(["1.18.34 debug-auth", "1.18.34 hostile", "1.18.34 parallel-agents"])(
    "%s: no request, no word on the console, nothing of the session is executed",
    async (recording) => {
      const { page, requests, messages } = await visit(recording);
      await eachPlace(page, async () => {});
      expect(requests).toEqual([]);
      expect(messages).toEqual([]);
      expect(await page.title()).not.toBe("pwned");
      await page.context().close();
    },
  );

  test("the policy stops what the escaping would let through", async () => {
    const { page } = await visit("1.18.34 debug-auth");
    const ran = await page.evaluate(() => {
      const script = globalThis.document.createElement("script");
      script.textContent = "globalThis.ran = true";
      globalThis.document.body.append(script);
      return "ran" in globalThis;
    });
    expect(ran).toBe(false);
    await page.context().close();
  });

  test("the script adds tools and a chart, and changes no word of the page", async () => {
    const added = ":is(.table-tools, .live-chart)";
    const words = async (javaScriptEnabled: boolean) => {
      const { page } = await visit("1.18.34 debug-auth", { javaScriptEnabled });
      if (javaScriptEnabled) await drawn(page);
      expect(await page.locator(added).count()).toBeGreaterThan(javaScriptEnabled ? 10 : -1);
      const texts = await page.locator(`main :not(${added}, ${added} *)`).evaluateAll(ownTexts);
      await page.context().close();
      return texts;
    };
    const without = await words(false);
    expect(without).toContain("Slowest operations");
    expect(without).toContain("waiting for you");
    expect(without).toEqual(await words(true));
  });

  const RECORDINGS = ["1.18.34 debug-auth", "1.18.34 faults", "1.18.34 hostile"];

  describe.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)(
    "%s, %i px: nothing runs off the page, no label over its bar, every text can be read",
    (colorScheme, width) => {
      const options = { colorScheme, viewport: { width, height: 900 } };

      test.each(RECORDINGS)("in every tab of %s", async (recording) => {
        const { page } = await visit(recording, options);
        await eachPlace(page, (place) => expectTidy(page, width, /^(overview|timeline)/.test(place)));
        await page.context().close();
      });

      test.each(RECORDINGS)("without script in all of %s", async (recording) => {
        const { page } = await visit(recording, { ...options, javaScriptEnabled: false });
        await laidOut(page);
        await expectTidy(page, width, true);
        await page.context().close();
      });
    },
  );

  test.each(["light", "dark"] as const)(
    "%s, in the system's own colours: every text can be read",
    async (colorScheme) => {
      for (const recording of ["1.18.34 debug-auth", "1.18.34 faults"]) {
        const { page } = await visit(recording, { colorScheme, forcedColors: "active" });
        await eachPlace(page, async () => {
          expect(await page.evaluate(textsOfLowContrast)).toEqual([]);
        });
        expect(await page.evaluate(coloursOfBars)).toHaveLength(2);
        await page.context().close();
      }
    },
  );

  test.each([
    ["light", "none"],
    ["dark", "none"],
    ["light", "active"],
    ["dark", "active"],
  ] as const)(
    "%s, forced colours %s: without script, a link of the slowest operations leads to a bar that is then marked",
    async (colorScheme, forcedColors) => {
      const options = { colorScheme, forcedColors, viewport: { width: 1280, height: 500 } };
      const { page } = await visit("1.18.34 debug-auth", { ...options, javaScriptEnabled: false });
      const links = page.locator("table.slowest a");
      const count = await links.count();
      expect(count).toBe(5);
      for (let i = 0; i < count; i++) {
        await links.nth(i).click();
        const { top, bottom, covers, contrasts, width } = await page.evaluate(markOfTarget);
        expect([top >= covers, bottom <= 500]).toEqual([true, true]);
        expect(width).toBeGreaterThanOrEqual(3);
        expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(3);
      }
      await page.context().close();
    },
  );

  test("on paper, the dark theme is the light one", async () => {
    const colours = async (colorScheme: "light" | "dark") => {
      const { page } = await visit("1.18.34 debug-auth", { colorScheme });
      await page.emulateMedia({ media: "print" });
      const found = await page.evaluate(coloursOfBars);
      await page.context().close();
      return found;
    };
    expect(await colours("dark")).toEqual(await colours("light"));
  });

  test("on paper, whatever tab is open, there is the whole page as it is without script", async () => {
    const seen = async (javaScriptEnabled: boolean) => {
      const { page } = await visit("1.18.34 debug-auth", { javaScriptEnabled });
      if (javaScriptEnabled) {
        await page.locator(".still[hidden]").waitFor({ state: "attached" });
        await page.locator('nav a[href="#tools"]').click();
      }
      await page.emulateMedia({ media: "print" });
      await laidOut(page);
      const blocks = await page.locator("h2, .legend, svg.flame, table, .table-tools, .live-chart").evaluateAll((all) =>
        all.flatMap((element) => {
          const { width, height } = element.getBoundingClientRect();
          return element.checkVisibility() && width > 1 && height > 1
            ? [`${element.tagName} ${element.className}`]
            : [];
        }),
      );
      const headings = await page.locator("h2.section").evaluateAll((all) => all.map((one) => one.clientHeight > 10));
      await page.context().close();
      return { blocks, headings };
    };
    const { blocks, headings } = await seen(true);
    expect(headings).toEqual([true, true, true, true, true]);
    expect(blocks.filter((block) => block.startsWith("UL legend"))).toHaveLength(3);
    expect({ blocks, headings }).toEqual(await seen(false));
  });

  test.each([1280, 390])("names without end do not widen a page of %i px", async (width) => {
    const db = copyOf(EXAMPLE);
    const opened = new Database(db);
    const long = "n".repeat(3_000);
    opened.prepare("UPDATE session SET title = ?, directory = ?").run(long, `/${long}`);
    opened
      .prepare("UPDATE part SET data = json_set(data, '$.tool', ?) WHERE data LIKE '%\"tool\":\"bash\"%'")
      .run(long);
    opened.prepare("UPDATE message SET data = json_set(data, '$.modelID', ?)").run(long);
    opened.close();
    const { page } = await visitDb(db, { viewport: { width, height: 900 } });
    await eachPlace(page, async () => expect(await widthOf(page)).toBe(width));
    expect(await page.evaluate(() => globalThis.document.querySelector("h1")?.clientHeight ?? 0)).toBeLessThan(200);
    await page.context().close();
  });
});
