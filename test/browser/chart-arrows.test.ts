import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import {
  childrenOf,
  expectSpan,
  press,
  reportOf,
  selectedName,
  selectedTop,
  type Visit,
  withReport,
} from "../support/keys-page.js";

const DEBUG = "1.18.34 debug-auth";
const AGENTS = "1.18.34 parallel-agents";

describe.skipIf(!hasChromium)("arrows in the chart", () => {
  const browser = startedBrowser();

  const visit = (recording: string, look: (page: Page) => Promise<void>, options?: Visit) =>
    withReport(browser(), recording, look, options);

  test("flame chart: arrows go to the parent, the first child and the siblings, in the order of time", async () => {
    const report = reportOf(AGENTS);
    const parent = report.spans.findIndex((_, id) => childrenOf(report, id).length > 2);
    const children = childrenOf(report, parent) as [number, number, number];
    const steps: [string, number][] = [
      ["ArrowDown", children[0]],
      ["ArrowLeft", children[0]],
      ["ArrowRight", children[1]],
      ["ArrowRight", children[2]],
      ["ArrowLeft", children[1]],
      ["End", children.at(-1) as number],
      ["ArrowRight", children.at(-1) as number],
      ["Home", children[0]],
      ["ArrowUp", parent],
    ];
    await visit(
      AGENTS,
      async (page) => {
        for (const [key, id] of steps) {
          await press(page, key);
          await expectSpan(page, id);
        }
      },
      { hash: `#timeline&span=${parent}` },
    );
  });

  test("the first arrow selects the session", async () => {
    await visit(DEBUG, async (page) => {
      await press(page, "ArrowDown");
      await expectSpan(page, 0);
    });
  });

  test("flame graph: down leads to the first thing in it, up back, right to the next beside it", async () => {
    const look = async (page: Page) => {
      await press(page, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
      const first = await selectedName(page);
      const top = await selectedTop(page);
      await press(page, "ArrowDown");
      expect(await selectedTop(page)).toBeGreaterThan(top);
      await press(page, "ArrowUp");
      expect(await selectedName(page)).toBe(first);
      await press(page, "End");
      expect(await selectedName(page)).not.toBe(first);
      expect(await selectedTop(page)).toBe(top);
    };
    await visit(DEBUG, look, { hash: "#timeline&picture=graph" });
  });

  test("sandwich: up leads from the name to its callers and on outwards, down back and to what it calls", async () => {
    await visit(
      AGENTS,
      async (page) => {
        await press(page, "ArrowDown");
        const names = [await selectedName(page)];
        const tops = [await selectedTop(page)];
        for (const key of ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"]) {
          await press(page, key);
          names.push(await selectedName(page));
          tops.push(await selectedTop(page));
        }
        expect(names[0]).toBe("bash");
        expect(names[1]).toBe("step");
        expect(names[2]).toMatch(/^(turn|subagent)/);
        expect(names.slice(3)).toEqual(["step", "bash", "sleep"]);
        const [own, caller, outer] = tops as [number, number, number];
        expect([outer < caller, caller < own, (tops[5] as number) > own]).toEqual([true, true, true]);
      },
      { hash: "#timeline&picture=sandwich&name=bash" },
    );
  });

  test("sandwich: left and right stay among the callers, or among what is called", async () => {
    await visit(
      AGENTS,
      async (page) => {
        for (const key of ["ArrowUp", "ArrowDown"]) {
          await press(page, "ArrowDown", key);
          const top = await selectedTop(page);
          for (const beside of ["Home", "End", "ArrowLeft", "ArrowRight"]) {
            await press(page, beside);
            expect(await selectedTop(page)).toBe(top);
          }
          await press(page, "Escape");
        }
      },
      { hash: "#timeline&picture=sandwich&name=step" },
    );
  });

  test("sandwich: the name in the middle stands in its list, chosen by the address or the heaviest", async () => {
    for (const name of ["", "bash"]) {
      const look = async (page: Page) => {
        await press(page, "ArrowDown");
        const middle = await selectedName(page);
        expect(name === "" ? middle : name).toBe(middle);
        expect(await page.getByLabel("Name in the middle").inputValue()).toBe(middle);
      };
      await visit(AGENTS, look, { hash: `#timeline&picture=sandwich&name=${name}` });
    }
  });
});
