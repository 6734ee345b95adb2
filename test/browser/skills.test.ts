import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { packageFile, readPageAssets } from "../../src/cli/package-files.js";
import { renderHtml } from "../../src/render/index.js";
import { violations, withAxe } from "../support/axe.js";
import { startedBrowser } from "../support/browser.js";
import { temporaryFolder } from "../support/fixtures.js";
import { textsOfLowContrast } from "../support/looks.js";
import { printable, printedSheets, squeezed } from "../support/printed.js";
import { intentRow, reportWithSkills, skillReport } from "../support/skill-report.js";
import { laidOut } from "../support/tabs.js";

const report = await skillReport();
const assets = readPageAssets();
const html = renderHtml(report, assets);

/** Each panel by its id, a table of it, and a figure that stands there. */
const PANELS = [
  ["skills", "Skills that were used", "2 of 2"],
  ["skills", "Uses of skills", "succeeded; 2 checks, the last passed"],
  ["skills", "Skills that were not used", "migrations"],
  ["skill-metrics", "Skill metrics", "40,812"],
  ["edits", "Edits that worked by format and model", "67 % of 3"],
  ["edits", "Edits that worked by format and model from telemetry", "50 % of 6"],
  ["edits", "Edits by format and model", "21,870"],
  ["edits", "Edited files", "src/auth/session.ts"],
  ["iterations", "Iterations by skill", "flaky"],
  ["iterations", "Iterations by turn", "PLAY-TWO"],
  ["iterations", "Iterations by tool", "bash"],
  ["chunks", "Sequential against parallel", "952 ms"],
  ["chunks", "Runs over chunks", "4,000"],
  ["intents", "Confidence and accuracy", "+62"],
  ["intents", "What was said against what was right", "✓ 3"],
  ["intents", "Intents one by one", "refactoring"],
] as const;

/** Each panel with a figure of the session that was recorded with telemetry. */
const RECORDED_PANELS = [
  ["skills", "succeeded; 3 checks, the last passed"],
  ["skill-metrics", "Verification attempts"],
  ["edits", "67 % of 3"],
  ["iterations", "1 verification loop"],
  ["chunks", "Parallel"],
  ["intents", "80 %"],
] as const;

describe.skipIf(!hasChromium)("skills, edits, iterations, chunks and intents in a real browser", () => {
  const browser = startedBrowser();

  /** Opens a page where its panels are; fails the test where anything was said on the console. */
  async function withPage(
    look: (page: Page) => Promise<void>,
    { page: shown = html, hash = "#tools", ...options }: BrowserContextOptions & { page?: string; hash?: string } = {},
  ): Promise<void> {
    const path = join(temporaryFolder(), "report.html");
    writeFileSync(path, shown);
    const context = await browser().newContext(options);
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(pathToFileURL(path).href + hash);
    await look(page);
    await context.close();
    expect(said).toEqual([]);
  }

  const region = (page: Page, label: string) =>
    page.getByRole("region", { name: `${label}, scrolls sideways`, exact: true });
  const words = async (page: Page, label: string) => squeezed(await region(page, label).innerText());

  describe.each([true, false])("with script: %s", (javaScriptEnabled) => {
    test.each(PANELS)("%s: the table of %s is shown with its figures", async (id, label, figure) => {
      await withPage(
        async (page) => {
          expect(await page.locator(`#${id}`).isVisible()).toBe(true);
          expect(await words(page, label)).toContain(squeezed(figure));
        },
        { javaScriptEnabled },
      );
    });
  });

  test("the recorded example has every panel", async () => {
    const look = async (page: Page) => {
      const text = squeezed(await page.locator("#tools").innerText());
      for (const [id, figure] of RECORDED_PANELS)
        expect([id, await page.locator(`#${id}`).isVisible(), text.includes(squeezed(figure))]).toEqual([
          id,
          true,
          true,
        ]);
      await withAxe(page);
      expect(await violations(page)).toEqual([]);
    };
    await withPage(look, { page: readFileSync(packageFile("examples", "parcels.html"), "utf8") });
  });

  test("the histogram of confidence has a bar for each step that has any, as high as it has many", async () => {
    await withPage(async (page) => {
      const bars = page.locator("#tools svg[role=img] g:has(> title)");
      const boxes = await bars.evaluateAll((all) =>
        all.map((bar) =>
          [...bar.querySelectorAll("rect")].reduce((sum, part) => sum + part.getBoundingClientRect().height, 0),
        ),
      );
      expect(boxes.map(Math.round)).toEqual([55, 55, 55, 109, 110]);
      expect(
        await page.getByRole("img", { name: /^How sure the classifications were: 30 % to 40 %: 1 wrong;/ }).count(),
      ).toBe(1);
    });
  });

  test("without data none of it is there", async () => {
    const look = async (page: Page) => {
      expect(await page.locator("#tools h2").allInnerTexts()).toHaveLength(2);
      for (const [id, label] of PANELS) {
        expect(await page.locator(`#${id}`).count()).toBe(0);
        expect(await region(page, label).count()).toBe(0);
      }
    };
    await withPage(look, { page: renderHtml(await reportWithSkills({}), assets) });
  });

  test("a link to a panel leads there, and one of a use to its call", async () => {
    const look = async (page: Page) => {
      const top = (id: string) => page.locator(`#${id}`).evaluate((heading) => heading.getBoundingClientRect().top);
      await expect.poll(() => top("edits")).toBeLessThan(200);
      await region(page, "Uses of skills").getByRole("link", { name: "test-writer" }).click();
      await expect.poll(() => page.evaluate(() => globalThis.location.hash)).toContain("span=48");
    };
    await withPage(look, { hash: "#edits" });
  });

  test("a matrix sorts by its rates, and is copied with them as shares", async () => {
    const look = async (page: Page) => {
      const matrix = region(page, "Edits that worked by format and model");
      const first = () => matrix.locator("tbody tr").first().innerText();
      expect(await first()).toMatch(/^edit\b/);
      await matrix.getByRole("button", { name: "mock/mock-large" }).click();
      await expect.poll(first).toMatch(/^write\b/);
      const bar = page.getByRole("group", { name: "Tools for Edits that worked by format and model", exact: true });
      await bar.getByRole("button", { name: "Copy as CSV" }).click();
      await expect.poll(() => bar.getByRole("status").innerText()).toBe("Copied 2 rows");
      expect((await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/).slice(0, 3)).toEqual([
        "Format,mock/mock-large (share),mock/mock-small (share),All models (share)",
        "write,1,,1",
        "edit,0.6667,1,0.8571",
      ]);
    };
    await withPage(look, { permissions: ["clipboard-read", "clipboard-write"] });
  });

  test("a skill is copied by its name, without what stands under it", async () => {
    const look = async (page: Page) => {
      const bar = page.getByRole("group", { name: "Tools for Skills that were used", exact: true });
      await bar.getByRole("button", { name: "Copy as CSV" }).click();
      await expect.poll(() => bar.getByRole("status").innerText()).toBe("Copied 2 rows");
      const lines = (await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/);
      expect(lines[1]).toMatch(/^code-agent,2,2198,28,1,/);
    };
    await withPage(look, { permissions: ["clipboard-read", "clipboard-write"] });
  });

  describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
    test.each([1280, 390])("at %i px nothing runs off the page and every text can be read", async (width) => {
      const look = async (page: Page) => {
        expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(width);
        expect(await page.evaluate(textsOfLowContrast)).toEqual([]);
      };
      const options = { colorScheme, viewport: { width, height: 900 } };
      await withPage(look, options);
      await withPage(
        async (page) => {
          await laidOut(page);
          await look(page);
        },
        { ...options, javaScriptEnabled: false },
      );
    });

    test("axe finds nothing", async () => {
      const look = async (page: Page) => {
        await withAxe(page);
        expect(await violations(page)).toEqual([]);
      };
      await withPage(look, { colorScheme });
    });
  });

  test.each(["A4", "Letter"] as const)("all of it is on paper (%s), with nothing beyond the edge", async (paper) => {
    const look = async (page: Page) => {
      const sheets = await printedSheets(page, paper);
      const all = sheets.map(({ text }) => text).join("");
      for (const [, , figure] of PANELS) expect(all).toContain(printable(figure));
      expect(sheets.flatMap(({ cutOff }) => cutOff)).toEqual([]);
    };
    await withPage(look, { hash: "#notes" });
    // As many labels, as long, as the table holds.
    const intents = Array.from({ length: 12 }, (_, i) =>
      intentRow(`a-rather-long-label-${i}`, `a-rather-long-label-${i}`, i / 12),
    );
    const wide = renderHtml(
      {
        ...report,
        intents,
        edits: report.edits.flatMap((row) =>
          ["a", "b", "c", "d"].map((model) => ({ ...row, model: `${row.model}-${model}` })),
        ),
      },
      assets,
    );
    await withPage(
      async (page) => {
        expect((await printedSheets(page, paper)).flatMap(({ cutOff }) => cutOff)).toEqual([]);
      },
      { page: wide },
    );
  });
});
