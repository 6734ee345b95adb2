import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { type ChartPage, PLACES, withChart } from "../support/chart-page.js";

/** Of the recording: a turn, a model call, calls of tools. */
const TURN = 28;
const ANSWER = 50;
const LONG_ANSWER = 46;
const READ = 9;
const BASH = 52;

describe.skipIf(!hasChromium).each(PLACES)("details and links between chart and tables, %s", (place) => {
  const browser = startedBrowser();

  const look = (use: (chart: ChartPage) => Promise<void>, options = {}) =>
    withChart(browser(), { place, ...options }, use);

  test("of a model call: times and how they are known, tokens, cost, model, agent, answer", () =>
    look(
      async (chart) => {
        const facts = await factsOf(chart);
        expect(facts.get("Time")).toMatch(/^\d+\sms \(2\s% of the session\)$/);
        expect(facts.get("From, to")).toMatch(/^23\.9\ss to 24\.5\ss$/);
        expect(facts.get("Times are")).toBe("derived");
        expect(facts.get("Tokens")).toBe("1,110 uncached input, 13,824 cache read, 29 output");
        expect(facts.get("Cost")).toBe("$0.0079");
        expect(facts.get("Model")).toBe("mock/mock-large");
        expect(facts.get("Agent")).toBe("build");
        expect(facts.get("Answer")).toBe("Run the tests.");
      },
      { hash: `#timeline&span=${ANSWER}` },
    ));

  test("of a tool call: tool, arguments and output in a few lines", () =>
    look(async (chart) => {
      await chart.click(BASH);
      const facts = await factsOf(chart);
      expect(facts.get("Tool")).toBe("bash");
      expect(facts.get("Arguments")).toContain("sleep 1.5; echo '12 passed'");
      expect(facts.get("Output")).toContain("12 passed");
    }));

  test("of a file's call: the file", () =>
    look(async (chart) => expect((await factsOf(chart)).get("File")).toMatch(/^src\/auth\/session\.ts/), {
      hash: `#timeline&span=${READ}`,
    }));

  test("of a turn: own time, and the sums of what is in it", () =>
    look(async (chart) => {
      await chart.click(TURN);
      const facts = await factsOf(chart);
      expect(facts.get("Prompt")).toContain("PLAY-TWO");
      expect(facts.get("Own time")).toMatch(/s$/);
      expect(facts.get("Tokens")).toBe("94,916 in 7 answered calls");
      expect(facts.get("Cost")).toBe("$0.0555");
    }));

  test("of a call that failed: its error, and no more than a few lines of anything", () =>
    look(
      async (chart) => {
        const failed = chart.report.spans.findIndex(({ kind, error }) => kind === "tool" && error);
        const copy = await chart.open(`#timeline&span=${failed}`);
        expect((await factsOf(copy)).get("Error")?.length).toBeGreaterThan(5);
        expect((await factsOf(copy)).get("Status")).toBe("error");
        const blocks = copy.frame.locator(".details pre");
        for (const text of await blocks.allInnerTexts()) expect(text.split("\n").length).toBeLessThanOrEqual(8);
      },
      { recording: "1.18.34 faults" },
    ));

  test("the panel zooms to what is selected, and is closed", () =>
    look(async (chart) => {
      await chart.click(BASH);
      const panel = chart.frame.locator(".details");
      await panel.getByRole("button", { name: "Zoom to it" }).click();
      await chart.drawn();
      expect((await chart.place(BASH)).width).toBeGreaterThan(1100);
      await panel.getByRole("button", { name: "Close" }).click();
      expect(await panel.count()).toBe(0);
      expect(await chart.selected()).toBeNull();
      expect((await chart.place(BASH)).width).toBeGreaterThan(1100);
    }));

  test("the panel leads to the row of the message, again and again", () =>
    look(
      async (chart) => {
        await chart.click(BASH);
        for (let i = 0; i < 2; i++) {
          await chart.frame.locator('.details a[href^="#m"]').click();
          const row = chart.frame.locator("#tokens #m14.hit");
          await row.waitFor();
          await expect.poll(() => isInWindow(chart, "#m14")).toBe(true);
          await chart.frame.locator("#tab-timeline").click();
        }
        expect(await chart.selected()).toContain("bash sleep 1.5");
      },
      { viewport: { width: 1264, height: 500 } },
    ));

  test.each([
    ["#overview", "table.slowest", "overview"],
    ["#timeline", "table.critical", "timeline"],
    ["#timeline", '[data-table="calls"]', "timeline"],
    ["#tokens", '[data-table="messages"]', "timeline"],
  ])("in %s, every link in %s selects its span in the chart, which is in sight", (hash, table, tab) =>
    look(
      async (chart) => {
        const links = chart.frame.locator(`${table} td a[href^="#s"]`);
        const count = await links.count();
        expect(count).toBeGreaterThanOrEqual(5);
        for (const i of [0, 1, Math.floor(count / 2), count - 1]) {
          await chart.frame.locator(`#tab-${hash.slice(1)}`).click();
          const link = links.nth(i);
          const span = await spanOf(link);
          await link.click();
          await chart.hashIs(`#${tab}&span=${span}`);
          expect(await chart.selected()).not.toBeNull();
          expect(await chart.frame.locator(`#${tab} .live-chart`).isVisible()).toBe(true);
          await chart.drawn();
          const y = (await chart.place(span)).y;
          expect(y).toBeGreaterThan(0);
          expect(y).toBeLessThan(600);
        }
      },
      { hash, viewport: { width: 1264, height: 600 } },
    ),
  );

  test("in a picture higher than the window, the row of a span that a link leads to is in sight", () =>
    look(
      async (chart) => {
        const links = chart.frame.locator('[data-table="calls"] td a[href^="#s"]');
        for (const i of [0, Math.floor((await links.count()) / 2), (await links.count()) - 1]) {
          const span = await spanOf(links.nth(i));
          await links.nth(i).click();
          await chart.drawn();
          const { y } = await chart.place(span);
          expect(y).toBeGreaterThan(0);
          expect(y).toBeLessThan(200);
        }
      },
      { recording: "1.18.34 parallel-agents", viewport: { width: 1264, height: 200 } },
    ));

  test("rows of the selected span are marked, wherever it was selected, and only those", () =>
    look(async (chart) => {
      for (const span of [LONG_ANSWER, BASH]) {
        await chart.doubleClick(span);
        const spans = new Set<number>();
        const marked = chart.frame.locator("tr.of-span");
        await expect.poll(() => marked.count()).toBeGreaterThan(0);
        for (const link of await marked.locator('a[href^="#s"]').all()) spans.add(await spanOf(link));
        expect([...spans]).toContain(span);
        await chart.frame.getByRole("button", { name: "Show all", exact: true }).click();
        await chart.drawn();
      }
      await chart.frame.locator(".details").getByRole("button", { name: "Close" }).click();
      expect(await chart.frame.locator("tr.of-span").count()).toBe(0);
    }));

  test("a row that comes into a table later is marked too", () =>
    look(async (chart) => {
      const filter = chart.frame.getByRole("group", { name: "Tools for Model calls" }).getByRole("searchbox");
      const marked = chart.frame.locator('[data-table="calls"] tr.of-span');
      await filter.fill("nothing holds these words");
      await chart.click(LONG_ANSWER);
      await filter.fill("");
      await expect.poll(() => marked.allInnerTexts()).toEqual([expect.stringContaining("#13")]);
    }));

  test("a row of the picture's own table selects what it is about", () =>
    look(async (chart) => {
      await chart.frame.getByText("The same as a table").click();
      const rows = chart.frame.locator(".as-table tbody tr");
      await expect.poll(() => rows.count()).toBe(61);
      await rows.filter({ hasText: "sleep 1.5" }).getByRole("button").click();
      expect(await chart.selected()).toContain("bash sleep 1.5");
    }));
});

/** The panel's facts by their labels. */
async function factsOf(chart: ChartPage): Promise<Map<string, string>> {
  const rows = chart.frame.locator(".details dl > div");
  await rows.first().waitFor();
  const texts = await rows.evaluateAll((all) =>
    all.map((row) => [row.querySelector("dt")?.textContent ?? "", row.querySelector("dd")?.textContent ?? ""] as const),
  );
  return new Map(texts);
}

/** The span that a link in a table is about. */
function spanOf(link: Locator): Promise<number> {
  return link.evaluate((found) => Number(found.dataset.s ?? found.getAttribute("href")?.slice(2)));
}

function isInWindow({ frame }: ChartPage, selector: string): Promise<boolean> {
  return frame.locator(selector).evaluate((found) => {
    const { top, bottom } = found.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}
