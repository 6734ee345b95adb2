import type { Frame } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { violations, withAxe } from "../support/axe.js";
import { startedBrowser } from "../support/browser.js";
import { recordedPage } from "../support/chart-page.js";
import { PLACES, type Place, withOpened } from "../support/places.js";
import { TABS } from "../support/tabs.js";

const SCHEMES = ["light", "dark"] as const;
const RECORDING = "1.18.34 parallel-agents";
const placed = (name: string) => PLACES.find((place) => place.name.startsWith(name)) as Place;

// `chart-access.test.ts` looks at the page from disk, at other widths and with all that the chart can show.
describe.skipIf(!hasChromium)("axe finds nothing", () => {
  const browser = startedBrowser();

  test.each(SCHEMES)(
    "in any tab in a sandboxed frame, %s",
    async (scheme) => {
      const look = async ({ frame }: { frame: Frame }) => {
        await withAxe(frame);
        for (const tab of TABS) {
          await frame.locator(`nav a[href="#${tab}"]`).click();
          expect({ tab, found: await opened(frame) }).toEqual({ tab, found: [] });
        }
      };
      await withOpened(browser(), placed("in a sandboxed frame"), recordedPage(RECORDING).html, look, scheme);
    },
    120_000,
  );

  // axe is a script, and waits by timers: it runs where no script is blocked, in a page that has none.
  const without = (...parts: string[]) =>
    parts.reduce(
      (html, part) => html.replace(new RegExp(`<${part}>.*?</${part}>`, "s"), ""),
      recordedPage(RECORDING).html,
    );
  const LEFT_OUT = [
    ["a script", ["script"]],
    ["a script and without its style sheet", ["script", "style"]],
  ] as const;

  test.each(LEFT_OUT.flatMap(([name, parts]) => SCHEMES.map((scheme) => [name, scheme, parts] as const)))(
    "in the long page without %s, %s",
    async (_, scheme, parts) => {
      const look = async ({ frame }: { frame: Frame }) => {
        expect(await frame.locator("style, script:not([type])").count()).toBe(2 - parts.length);
        await withAxe(frame);
        expect(await opened(frame)).toEqual([]);
      };
      const place = { ...placed("from disk"), isScripted: false, policy: "" };
      await withOpened(browser(), place, without(...parts), look, scheme);
    },
    120_000,
  );
});

/** With all open that can be opened, and all laid out. */
async function opened(frame: Frame): Promise<string[]> {
  await frame.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  return violations(frame);
}
