import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { formatShare } from "../../src/report/format.js";
import { startedBrowser } from "../support/browser.js";
import {
  expectSpan,
  inAddress,
  press,
  reportOf,
  said,
  shownPart,
  type Visit,
  withReport,
} from "../support/keys-page.js";

const DEBUG = "1.18.34 debug-auth";
const AGENTS = "1.18.34 parallel-agents";

describe.skipIf(!hasChromium)("search in the chart", () => {
  const browser = startedBrowser();

  const visit = (recording: string, look: (page: Page) => Promise<void>, options?: Visit) =>
    withReport(browser(), recording, look, options);

  test.each([
    [AGENTS, "bash"],
    [AGENTS, "sleep"],
    [AGENTS, "subagent"],
    [DEBUG, "mock-large"],
    [DEBUG, "session.ts"],
  ])(
    "%s, %s: so many hits, and the share of the time that they cover, nothing counted twice",
    async (recording, words) => {
      const report = reportOf(recording);
      const hits = spansWith(report, words);
      const share = formatShare(unionMs(hits) / report.summary.wallMs);
      await visit(recording, async (page) => {
        await field(page).fill(words);
        await expect
          .poll(() => status(page))
          .toBe(`${hits.length} ${hits.length === 1 ? "hit" : "hits"}, ${share} of all`);
      });
    },
  );

  test("hits within hits are counted once: the share of everything is all of it", async () => {
    const report = reportOf(AGENTS);
    await visit(AGENTS, async (page) => {
      await page.getByLabel("Regex").check();
      await field(page).fill(".");
      await expect.poll(() => status(page)).toBe(`${report.spans.length - 1} hits, ${formatShare(1)} of all`);
    });
  });

  test("n and N go from hit to hit, from left to right and around, and each says which of how many it is", async () => {
    const hits = inOrder(reportOf(DEBUG), "read");
    await visit(
      DEBUG,
      async (page) => {
        for (const [key, at] of [
          ["n", 0],
          ["n", 1],
          ["n", 2],
          ["N", 1],
          ["N", 0],
          ["N", hits.length - 1],
          ["n", 0],
        ] as const) {
          await press(page, key);
          await expectSpan(page, hits[at] as number);
          expect(await status(page)).toMatch(new RegExp(`^${at + 1} of ${hits.length}, \\d+\\s% of all$`));
          expect(await said(page)).toBe(await status(page));
        }
      },
      { hash: "#timeline&find=read" },
    );
  });

  test("in the field, Enter and Shift+Enter go from hit to hit, Esc leads back to the chart, and letters are only letters", async () => {
    const hits = inOrder(reportOf(DEBUG), "read");
    await visit(DEBUG, async (page) => {
      await field(page).click();
      await page.keyboard.type("fn.,0+-?/ad");
      expect(await field(page).inputValue()).toBe("fn.,0+-?/ad");
      expect(await page.getByRole("dialog").count()).toBe(0);
      const { from, to } = await shownPart(page);
      expect([from, to].map(Math.round)).toEqual([0, 1]);
      expect(await inAddress(page, "span")).toBe(null);
      await field(page).fill("read");
      for (const [key, at] of [
        ["Enter", 0],
        ["Enter", 1],
        ["Shift+Enter", 0],
        ["ArrowLeft", 0],
      ] as const) {
        await page.keyboard.press(key);
        await expectSpan(page, hits[at] as number);
      }
      await page.keyboard.press("Escape");
      await expect.poll(() => page.evaluate(() => globalThis.document.activeElement?.className)).toBe("picture");
      // The words stay: they are what n and N go through.
      expect(await field(page).inputValue()).toBe("read");
    });
  });

  test("what is looked for is plain text in whatever case; a regular expression on request", async () => {
    const report = reportOf(DEBUG);
    const starts = report.spans.filter(({ kind, name }) => kind === "tool" && /^(read|grep)$/.test(name)).length;
    await visit(DEBUG, async (page) => {
      await field(page).fill("SESSION.TS");
      await expect.poll(() => count(page)).toBe(spansWith(report, "session.ts").length);
      await field(page).fill("^(READ|grep) ");
      await expect.poll(() => status(page)).toBe("no hit");
      await page.getByLabel("Regex").check();
      await expect.poll(() => count(page)).toBe(starts);
      await field(page).fill("(");
      await expect.poll(() => status(page)).toBe("not a regular expression");
      await page.getByLabel("Regex").uncheck();
      await expect.poll(() => status(page)).not.toBe("not a regular expression");
    });
  });

  test("hits are outlined in the picture and marked in the minimap, also where it is not shown; without words, nothing is", async () => {
    const hits = inOrder(reportOf(DEBUG), "read");
    await visit(
      DEBUG,
      async (page) => {
        await field(page).fill("read");
        const outlines = () => pieces(page, ".hits");
        const marks = () => pieces(page, ".map-hits");
        await expect.poll(marks).toBeGreaterThan(1);
        expect(await marks()).toBeLessThanOrEqual(hits.length);
        await expect.poll(outlines).toBeGreaterThan(0);
        expect(await outlines()).toBeLessThan(hits.length);
        expect(await isOnTop(page, ".map-hits", ".map-shade")).toBe(true);
        await press(page, "0");
        await shownPart(page);
        await expect.poll(outlines).toBeGreaterThan(1);
        await field(page).fill("");
        await expect.poll(async () => [await outlines(), await marks()]).toEqual([0, 0]);
        expect(await status(page)).toBe("");
      },
      { hash: "#timeline&zoom=0-3000" },
    );
  });

  test.each(["graph", "sandwich&name=step"])("%s: the words are looked for in the names", async (shown) => {
    await visit(
      AGENTS,
      async (page) => {
        await field(page).fill("bash");
        await expect.poll(() => status(page)).toMatch(/^\d+ hits?, \d+\s% of all$/);
        const hits = await count(page);
        for (let at = 1; at <= hits; at++) {
          await press(page, "n");
          await expect.poll(() => status(page)).toMatch(new RegExp(`^${at} of ${hits}, `));
          expect(await page.locator(".details h3").textContent()).toBe("bash");
        }
      },
      { hash: `#timeline&picture=${shown}` },
    );
  });
});

const field = (page: Page) => page.getByRole("searchbox", { name: "Search in the chart" });

const status = (page: Page) => page.locator(".hit-count").innerText();

async function count(page: Page): Promise<number> {
  return Number.parseInt(await status(page), 10);
}

/** How many separate pieces a path has. */
async function pieces(page: Page, selector: string): Promise<number> {
  return ((await page.locator(selector).getAttribute("d")) ?? "").split("M").length - 1;
}

function isOnTop(page: Page, upper: string, lower: string): Promise<boolean> {
  return page.evaluate(
    ([a, b]) => {
      const [above, below] = [a, b].map((it) => globalThis.document.querySelector(it as string) as Element);
      return !!((below as Element).compareDocumentPosition(above as Element) & Node.DOCUMENT_POSITION_FOLLOWING);
    },
    [upper, lower],
  );
}

/** Spans but the session of which something that was recorded holds the words. */
function spansWith({ spans }: Report, words: string): ReportSpan[] {
  return spans.filter((span, id) => id > 0 && textOf(span).includes(words));
}

function textOf({ name, kind, args = "", model = "", error = "", files = [] }: ReportSpan): string {
  const kinds = kind === "subagent" ? `subagent ${name}` : name;
  return [kinds, args, model, error, ...files.map(({ path }) => path)].join("\n").toLowerCase();
}

function inOrder(report: Report, words: string): number[] {
  const ids = spansWith(report, words).map((span) => report.spans.indexOf(span));
  const startMs = (id: number) => report.spans[id]?.startMs ?? 0;
  return ids.sort((a, b) => startMs(a) - startMs(b) || a - b);
}

type Part = Pick<ReportSpan, "startMs" | "endMs">;

/** Millisecond for millisecond: how long at least one of the spans ran. */
function unionMs(spans: readonly Part[]): number {
  const ends = spans.flatMap(({ startMs, endMs }) => [startMs, endMs]).sort((a, b) => a - b);
  return ends.slice(1).reduce((sum, end, i) => {
    const begin = ends[i] as number;
    const isCovered = spans.some(({ startMs, endMs }) => startMs <= begin && endMs >= end && endMs > startMs);
    return sum + (isCovered ? end - begin : 0);
  }, 0);
}
