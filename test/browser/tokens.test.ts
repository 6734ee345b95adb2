import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import type { CompositionRow, Report } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { startedBrowser } from "../support/browser.js";
import { compositionRow } from "../support/compositions.js";
import { loadRoots, recordedPath, temporaryFolder } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";

const assets = readPageAssets();
const reportOf = async (name: string) =>
  analyze(redacted((await loadRoots(recordedPath(name)))[0] as never, "paths"), "test");

/** As many calls whose context grew, with a limit and marks at both ends, between, and where the limit is named. */
function grownReport(calls: number): Report {
  const report = analyze(sessionFromText("session 0..9\n  turn 0..9\n    model 0..9 first 1"), "test");
  const composition = Array.from({ length: calls }, (_, i): CompositionRow => {
    const isMarked = i < 3 || i === calls - 1 || i === Math.floor(calls / 2) || i === Math.floor(calls / 20);
    const fields = { contextLimit: 200_000, prunedTokens: isMarked ? 900 : 0, messageId: `msg_${i}` };
    return compositionRow({ base: 9_000, user: 1 + Math.round((i * 180_000) / calls) }, fields);
  });
  return { ...report, tokens: { ...report.tokens, composition } };
}

describe.skipIf(!hasChromium)("tokens in a real browser", () => {
  const browser = startedBrowser();

  async function withPage(report: Report, width: number, look: (page: Page) => Promise<void>): Promise<void> {
    const path = join(temporaryFolder(), "report.html");
    writeFileSync(path, renderHtml(report, assets));
    const context = await browser().newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${pathToFileURL(path).href}#tokens`);
    expect(await page.locator("#tokens").isVisible()).toBe(true);
    await look(page);
    await context.close();
  }

  test.each([2, 14, 360, 1_000])("of %i calls no label leaves the picture, and none covers another", async (calls) => {
    await withPage(grownReport(calls), 1_280, async (page) => {
      expect(await page.locator("svg.context text").count()).toBeGreaterThan(4);
      expect(await page.evaluate(labelsBeyondTheirPicture)).toEqual([]);
      expect(await page.evaluate(labelsOnLabels)).toEqual([]);
    });
  });

  test.each(["1.18.34 attached-files", "1.18.34 pruning", "1.18.34 compaction", "1.18.34 parallel-agents"])(
    "%s at 390 px: nothing runs off the page, no label over another, no block over another",
    async (name) => {
      await withPage(await reportOf(name), 390, async (page) => {
        expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(390);
        expect(await page.evaluate(labelsBeyondTheirPicture)).toEqual([]);
        expect(await page.evaluate(labelsOnLabels)).toEqual([]);
        expect(await page.evaluate(blocksOnBlocks)).toEqual([]);
      });
    },
  );

  test("the calls of a long session stand in a part that the keyboard opens", async () => {
    await withPage(grownReport(30), 1_280, async (page) => {
      const table = page.locator("table.composition");
      expect(await table.isVisible()).toBe(false);
      await page.locator("details.more > summary").focus();
      await page.keyboard.press("Enter");
      await expect.poll(() => table.isVisible()).toBe(true);
      expect(await page.locator("table.composition tbody tr").count()).toBe(30);
      await page.keyboard.press("Space");
      await expect.poll(() => table.isVisible()).toBe(false);
    });
    await withPage(grownReport(20), 1_280, async (page) => {
      expect(await page.locator("table.composition").isVisible()).toBe(true);
    });
  });

  test("the files sort by what they brought in and by name, and the total stays where it is", async () => {
    await withPage(await reportOf("1.18.34 attached-files"), 1_280, async (page) => {
      const heading = (name: string) => page.locator("table.files th", { hasText: name });
      const names = () => page.locator("table.files tbody td:first-child").allInnerTexts();
      await heading("Content").getByRole("button").click();
      await expect.poll(() => heading("Content").getAttribute("aria-sort")).toBe("descending");
      const content = await page.locator("table.files tbody td:nth-child(5)").allInnerTexts();
      const values = content.map((text) => Number(text.replaceAll(",", "")));
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect((await names())[0]).toBe("(system prompt and tool definitions)");
      await heading("File").getByRole("button").click();
      await expect.poll(() => heading("File").getAttribute("aria-sort")).toBe("ascending");
      expect((await names()).filter((name) => !name.startsWith("("))).toEqual([
        ...["docs/new.md", "src/AGENTS.md", "src/one.ts", "src/two.ts"],
      ]);
      expect(await page.locator("table.files tfoot td:first-child").innerText()).toBe("All input");
    });
  });
});

/** Runs in the page: labels of a picture that are cut off at its edge. */
function labelsBeyondTheirPicture(): string[] {
  return [...globalThis.document.querySelectorAll("svg.context")].flatMap((svg) => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].flatMap((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      const isInside = left >= box.left && right <= box.right && top >= box.top - 1 && bottom <= box.bottom + 1;
      return isInside ? [] : [text.textContent ?? ""];
    });
  });
}

/** Runs in the page: labels of a picture that stand on each other. A line's height is more than its letters take. */
function labelsOnLabels(): string[] {
  return [...globalThis.document.querySelectorAll("svg.context")].flatMap((svg) => {
    const labels = [...svg.querySelectorAll("text")].map((text) => ({ text, box: text.getBoundingClientRect() }));
    return labels.flatMap((a, i) =>
      labels.slice(i + 1).flatMap((b) => {
        const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        return width > 1 && height > 4 ? [`${a.text.textContent} on ${b.text.textContent}`] : [];
      }),
    );
  });
}

/** Runs in the page: headings, tables and pictures of the section that reach into the next one. */
function blocksOnBlocks(): string[] {
  const blocks = [...globalThis.document.querySelectorAll("#tokens > *")].filter(
    (block) => block.clientHeight > 0 && getComputedStyle(block).position !== "absolute",
  );
  return blocks.flatMap((block, i) => {
    const next = blocks[i + 1];
    const isOver = next && block.getBoundingClientRect().bottom > next.getBoundingClientRect().top + 1;
    return isOver ? [`${block.tagName} ${block.className} on ${next.tagName} ${next.className}`] : [];
  });
}
