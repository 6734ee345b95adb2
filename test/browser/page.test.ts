import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "better-sqlite3";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "../../scripts/chromium.mjs";
import { copyOf, EXAMPLE, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { runCli } from "../support/run-cli.js";

/** What a page did besides being shown. */
interface Visit {
  readonly page: Page;
  readonly requests: string[];
  readonly messages: string[];
}

// Where there is neither an installed Chrome or Chromium nor a packaged one (not Linux on x64), set CHROME_PATH.
describe.skipIf(!hasChromium)("in a real browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser?.close());

  const visit = (recording: string, options: BrowserContextOptions = {}) => visitDb(recordedPath(recording), options);

  async function visitDb(db: string, options: BrowserContextOptions): Promise<Visit> {
    const path = join(temporaryFolder(), "report.html");
    writeFileSync(path, runCli(["report", "--db", db, "-o", "-"]).stdout);
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const requests: string[] = [];
    const messages: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(error.message));
    page.on("dialog", (dialog) => messages.push(dialog.message()));
    await page.goto(pathToFileURL(path).href);
    return { page, requests: requests.slice(1), messages };
  }

  test.each(["1.18.34 debug-auth", "1.18.34 hostile", "1.18.34 parallel-agents"])(
    "%s: no request, no word on the console, nothing of the session is executed",
    async (recording) => {
      const { page, requests, messages } = await visit(recording);
      await page.waitForTimeout(200);
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

  test("the script adds tools to tables, and changes no word of the page", async () => {
    const words = async (javaScriptEnabled: boolean) => {
      const { page } = await visit("1.18.34 debug-auth", { javaScriptEnabled });
      const texts = await page.locator("main :not(.table-tools, .table-tools *)").evaluateAll(ownTexts);
      await page.context().close();
      return texts;
    };
    const without = await words(false);
    expect(without).toContain("Slowest operations");
    expect(without).toEqual(await words(true));
  });

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)(
    "%s, %i px: nothing runs off the page, no label over its bar, every text can be read",
    async (colorScheme, width) => {
      for (const recording of ["1.18.34 debug-auth", "1.18.34 faults", "1.18.34 hostile"]) {
        const { page } = await visit(recording, { colorScheme, viewport: { width, height: 900 } });
        expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(width);
        expect(await page.evaluate(labelsBeyondTheirBars)).toEqual([]);
        expect(await page.evaluate(textsOfLowContrast)).toEqual([]);
        await page.context().close();
      }
    },
  );

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
    expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(width);
    expect(await page.evaluate(() => globalThis.document.querySelector("h1")?.clientHeight ?? 0)).toBeLessThan(200);
    await page.context().close();
  });
});

/** Runs in the page: what each element says itself, without what its children say. */
function ownTexts(elements: (Element | Node)[]): string[] {
  return elements
    .flatMap((element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 3))
    .map(({ textContent }) => (textContent ?? "").trim())
    .filter((text) => text !== "");
}

/** Runs in the page: labels that are wider than the bar they are written on. */
function labelsBeyondTheirBars(): string[] {
  return [...globalThis.document.querySelectorAll("svg.flame g")].flatMap((group) => {
    const text = group.querySelector("text");
    const bar = group.querySelector("rect");
    if (!text || !bar) return [];
    return text.getBoundingClientRect().right > bar.getBoundingClientRect().right ? [text.textContent ?? ""] : [];
  });
}

/** Runs in the page: texts whose contrast with what is behind them is under 4.5. */
function textsOfLowContrast(): string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const page = getComputedStyle(globalThis.document.body).backgroundColor;
  const onBars = [...globalThis.document.querySelectorAll("svg.flame g, svg.ledger g")].flatMap((group) => {
    const text = group.querySelector("text");
    const bar = group.querySelector("rect");
    return text && bar ? [{ text, ink: getComputedStyle(text).fill, paper: getComputedStyle(bar).fill }] : [];
  });
  const onPage = [
    ...globalThis.document.querySelectorAll(
      "p, dt, dd, small, th, td, li, a, em, button, svg.flame > text, svg.context .tick",
    ),
  ].map((text) => {
    const style = getComputedStyle(text);
    return { text, ink: text instanceof SVGElement ? style.fill : style.color, paper: page };
  });
  return [...onBars, ...onPage]
    .filter(({ ink, paper }) => contrast(ink, paper) < 4.5)
    .map(({ text }) => `${text.textContent}`.slice(0, 60));
}
