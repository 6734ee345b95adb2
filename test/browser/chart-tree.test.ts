import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { formatDuration } from "../../src/report/format.js";
import { startedBrowser } from "../support/browser.js";
import {
  childrenOf,
  picture,
  press,
  reportOf,
  said,
  selectedName,
  type Visit,
  withReport,
} from "../support/keys-page.js";

const AGENTS = "1.18.34 parallel-agents";

describe.skipIf(!hasChromium)("the chart for those who hear it", () => {
  const browser = startedBrowser();

  const visit = (look: (page: Page) => Promise<void>, options?: Visit) => withReport(browser(), AGENTS, look, options);

  test("a tree of what is selected and all that it lies in, each with its level and its place", async () => {
    const report = reportOf(AGENTS);
    const deepest = report.spans.reduce(
      (best, _, id) => (pathTo(report, id).length > pathTo(report, best).length ? id : best),
      0,
    );
    await visit(
      async (page) => {
        for (let path = pathTo(report, deepest); path.length > 0; path = path.slice(0, -1)) {
          const expected = path.map((id, level) => itemOf(report, id, level, level === path.length - 1));
          expect(await items(page)).toEqual(expected);
          expect(await activeItem(page)).toMatchObject(expected.at(-1) as Item);
          await press(page, "ArrowUp");
        }
      },
      { hash: `#timeline&span=${deepest}` },
    );
  });

  test("with nothing selected, the session is the item that is meant, and it is not selected", async () => {
    await visit(async (page) => {
      expect(await items(page)).toEqual([{ ...itemOf(reportOf(AGENTS), 0, 0, true), selected: "false" }]);
      expect((await activeItem(page))?.level).toBe("1");
      expect(await picture(page).getAttribute("aria-label")).toBe("Flame chart");
    });
  });

  test.each(["graph", "sandwich&name=bash"])(
    "%s: the item that is meant is the one that is drawn as selected",
    async (shown) => {
      await visit(
        async (page) => {
          for (const key of ["ArrowDown", "ArrowDown", "End"]) {
            await press(page, key);
            const name = await selectedName(page);
            expect((await activeItem(page))?.label.split(" · ")[0]).toBe(name);
            expect((await items(page)).filter(({ selected }) => selected === "true")).toHaveLength(1);
          }
          await expect
            .poll(() => picture(page).getAttribute("aria-label"))
            .toMatch(/^(Flame graph|Sandwich) by name, time$/);
        },
        { hash: `#timeline&picture=${shown}` },
      );
    },
  );

  test("what is selected is said with its figures; so is a zoom, a search that hits nothing, and the end of each", async () => {
    const report = reportOf(AGENTS);
    await visit(async (page) => {
      await press(page, "ArrowDown", "ArrowDown");
      const turn = report.spans[1] as ReportSpan;
      expect(await said(page)).toContain(formatDuration(turn.endMs - turn.startMs));
      await press(page, "ArrowDown", "f");
      expect(await said(page)).toMatch(/^Shown: .+ to .+$/);
      await press(page, "0");
      expect(await said(page)).toBe("All is shown");
      await press(page, "n");
      expect(await said(page)).toBe("no hit");
      await page.getByRole("searchbox", { name: "Search in the chart" }).fill("bash");
      await press(page, "Escape");
      expect(await said(page)).toBe("The search is over");
      await press(page, "Escape");
      expect(await said(page)).toBe("Nothing is selected");
    });
  });
});

interface Item {
  readonly level: string | null;
  readonly place: string;
  readonly selected: string | null;
  readonly expanded: string | null;
}

async function items(page: Page): Promise<Item[]> {
  return (await labelledItems(page, "[role=treeitem]")).map(({ label: _, ...item }) => item);
}

/** The item that aria-activedescendant names. */
async function activeItem(page: Page): Promise<(Item & { label: string }) | undefined> {
  const id = await picture(page).getAttribute("aria-activedescendant");
  return (await labelledItems(page, `#${id}[role=treeitem]`))[0];
}

function labelledItems(page: Page, selector: string): Promise<(Item & { label: string })[]> {
  return picture(page)
    .locator(selector)
    .evaluateAll((all) =>
      all.map((item) => ({
        level: item.getAttribute("aria-level"),
        place: `${item.getAttribute("aria-posinset")} of ${item.getAttribute("aria-setsize")}`,
        selected: item.getAttribute("aria-selected"),
        expanded: item.getAttribute("aria-expanded"),
        label: item.getAttribute("aria-label") ?? "",
      })),
    );
}

function itemOf(report: Report, id: number, level: number, isLast: boolean): Item {
  const siblings = childrenOf(report, report.spans[id]?.parent ?? -1);
  const isLeaf = childrenOf(report, id).length === 0;
  return {
    level: String(level + 1),
    place: `${siblings.indexOf(id) + 1} of ${siblings.length}`,
    selected: String(isLast),
    expanded: isLeaf ? null : String(!isLast),
  };
}

function pathTo({ spans }: Report, id: number): number[] {
  const path: number[] = [];
  for (let at = id; at >= 0; at = spans[at]?.parent ?? -1) path.unshift(at);
  return path;
}
