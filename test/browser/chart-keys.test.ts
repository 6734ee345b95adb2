import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { KEYS } from "../../assets/chart/keys.js";
import { hasChromium } from "../../scripts/chromium.mjs";
import type { ReportSpan } from "../../src/model/report.js";
import { startedBrowser } from "../support/browser.js";
import {
  expectSpan,
  inAddress,
  picture,
  press,
  reportOf,
  said,
  selectedBox,
  selectedName,
  shownPart,
  type Visit,
  withReport,
} from "../support/keys-page.js";

const DEBUG = "1.18.34 debug-auth";
const AGENTS = "1.18.34 parallel-agents";

describe.skipIf(!hasChromium)("keys in the chart", () => {
  const browser = startedBrowser();

  const visit = (recording: string, look: (page: Page) => Promise<void>, options?: Visit) =>
    withReport(browser(), recording, look, options);

  test.each(["chart", "graph", "sandwich&name=step"])(
    "%s: + zooms in, − out, a and d move, 0 shows all, f and Enter zoom to what is selected",
    async (shown) => {
      await visit(
        AGENTS,
        async (page) => {
          await press(page, "+", "+");
          const near = await shownPart(page);
          expect(near.to - near.from).toBeCloseTo(1 / 1.6 ** 2, 2);
          await press(page, "d");
          const right = await shownPart(page);
          expect(right.from).toBeGreaterThan(near.from);
          expect(right.to - right.from).toBeCloseTo(near.to - near.from, 3);
          await press(page, "a");
          expect((await shownPart(page)).from).toBeCloseTo(near.from, 3);
          await press(page, "-");
          expect(await widthShown(page)).toBeCloseTo(1 / 1.6, 2);
          await press(page, "0");
          expect(await widthShown(page)).toBeCloseTo(1, 2);
          for (const key of ["f", "Enter"]) {
            await press(page, "ArrowDown", "ArrowDown", "End", key);
            await shownPart(page);
            const { width, whole } = await selectedBox(page);
            expect(width / whole).toBeGreaterThan(0.9);
            await press(page, "0", "Escape");
          }
        },
        { hash: `#timeline&picture=${shown}` },
      );
    },
  );

  test(". goes through the slowest calls, the slowest first, and , back; after the last comes the first", async () => {
    const slow = slowestCalls();
    await visit(DEBUG, async (page) => {
      for (const id of slow.slice(0, 4)) {
        await press(page, ".");
        await expectSpan(page, id);
      }
      for (const id of [slow[2], slow[1], slow[0], slow.at(-1)]) {
        await press(page, ",");
        await expectSpan(page, id as number);
      }
      await press(page, ".");
      await expectSpan(page, slow[0] as number);
    });
  });

  test.each(["graph", "sandwich"])("%s: . and , go through what took most itself", async (shown) => {
    await visit(
      DEBUG,
      async (page) => {
        const seen: string[] = [];
        for (const key of [".", ".", ","]) {
          await press(page, key);
          seen.push(await said(page));
        }
        expect(seen[2]).toBe(seen[0]);
        expect(seen[1]).not.toBe(seen[0]);
      },
      { hash: `#timeline&picture=${shown}` },
    );
  });

  test("the help lists exactly the keys that there are; Esc closes it, and the chart has the focus again", async () => {
    await visit(DEBUG, async (page) => {
      await press(page, "?");
      const help = page.getByRole("dialog", { name: "Keys in the chart" });
      const listed = await help.locator("dl > div").evaluateAll((rows) => rows.map((row) => row.textContent));
      expect(listed).toEqual(KEYS.map((key) => `${key.shown}${key.help}`));
      await page.keyboard.press("Escape");
      await expect.poll(() => help.isVisible()).toBe(false);
      expect(await hasFocus(page, ".picture")).toBe(true);
    });
  });

  test.each(["#timeline", "#overview"])("%s: / leads to the search", async (hash) => {
    await visit(
      DEBUG,
      async (page) => {
        await press(page, "/");
        await expect.poll(() => hasFocus(page, "input[type=search]")).toBe(true);
        await page.keyboard.type("read");
        expect(await page.getByRole("searchbox", { name: "Search in the chart" }).inputValue()).toBe("read");
      },
      { hash },
    );
  });

  test("Esc ends the search, then the selection, then the zoom", async () => {
    await visit(
      DEBUG,
      async (page) => {
        await expect.poll(() => page.locator(".hits").getAttribute("d")).toMatch(/^M/);
        await press(page, "Escape");
        await expect.poll(() => page.locator(".hits").getAttribute("d")).toBe("");
        expect(await selectedName(page)).not.toBe("");
        await press(page, "Escape");
        expect(await selectedName(page)).toBe("");
        expect(await widthShown(page)).toBeLessThan(0.5);
        await press(page, "Escape");
        expect(await widthShown(page)).toBeCloseTo(1, 2);
      },
      { hash: "#timeline&span=4&find=read&zoom=1000-9000" },
    );
  });

  test("keys with Ctrl, Alt or ⌘ are the browser's", async () => {
    await visit(DEBUG, async (page) => {
      await press(page, "ArrowDown");
      await expectSpan(page, 0);
      const taken = await picture(page).evaluate(
        (tree, names) =>
          names.flatMap((key) =>
            ["ctrlKey", "altKey", "metaKey"].filter((held) => {
              const event = new KeyboardEvent("keydown", { key, [held]: true, bubbles: true, cancelable: true });
              return !tree.dispatchEvent(event);
            }),
          ),
        KEYS.flatMap(({ keys }) => keys),
      );
      expect(taken).toEqual([]);
      expect(await inAddress(page, "span")).toBe(0);
      expect(await widthShown(page)).toBeCloseTo(1, 2);
      expect(await page.getByRole("dialog").count()).toBe(0);
    });
  });
});

const hasFocus = (page: Page, selector: string) =>
  page.evaluate((it) => !!globalThis.document.activeElement?.matches(it), selector);

async function widthShown(page: Page): Promise<number> {
  const { from, to } = await shownPart(page);
  return to - from;
}

/** Calls without anything beneath them, the longest first. */
function slowestCalls(): number[] {
  const { spans } = reportOf(DEBUG);
  const ms = (id: number) => (spans[id] as ReportSpan).endMs - (spans[id] as ReportSpan).startMs;
  const isLeaf = (id: number) => !spans.some(({ parent, kind }) => parent === id && kind !== "wait");
  const calls = spans.flatMap(({ kind }, id) => ((kind === "model" || kind === "tool") && isLeaf(id) ? [id] : []));
  return calls.sort((a, b) => ms(b) - ms(a) || a - b).slice(0, 20);
}
