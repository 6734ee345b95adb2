import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { startedBrowser } from "../support/browser.js";
import { recordedPage } from "../support/chart-page.js";
import { colouredShare } from "../support/coloured-share.js";
import { ownTexts } from "../support/looks.js";
import { type Opened, PLACES, type Place, withOpened } from "../support/places.js";

/** Not in the page itself: what the script puts beside it. */
const ADDED = ":is(.table-tools, .live-chart)";
const TEXTS = `main :not(${ADDED}, ${ADDED} *)`;
const RECORDINGS = ["1.18.34 debug-auth", "1.18.34 parallel-agents"];

describe.skipIf(!hasChromium)("wherever it is opened, a report is whole", () => {
  const browser = startedBrowser();
  const cases = RECORDINGS.flatMap((recording) => PLACES.map((place) => [place.name, recording, place] as const));

  test.each(cases)(
    "%s, %s: every text, the picture, no request, and on the console what is blocked",
    async (_, recording, place) => {
      const { html } = recordedPage(recording);
      await withOpened(browser(), place, html, async (opened) => {
        expect(await opened.frame.locator(TEXTS).evaluateAll(ownTexts)).toEqual(textsIn(html));
        expect(await unseenCells(opened, place)).toEqual([]);
        expect(await colouredShare(browser(), await pictureOf(opened, place))).toBeGreaterThan(0.15);
        const documents = place.host ? ["host.html", "report.html"] : ["report.html"];
        const asked = place.name.endsWith("by its text") ? ["host.html"] : documents;
        expect(opened.requests.map((url) => url.split("/").at(-1))).toEqual(asked);
        expect(opened.served).toEqual(place.policy === null ? [] : asked.map((name) => `/${name}`));
        expect(opened.messages).toEqual(place.messages.map((message) => expect.stringMatching(message)));
      });
    },
  );

  test("a page without a picture has no colours to speak of", async () => {
    const page = await browser().newPage();
    await page.setContent("<h1>Nothing but words</h1>");
    expect(await colouredShare(browser(), await page.screenshot())).toBeLessThan(0.01);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "where its style sheet is blocked, it is as light as its pictures: %s",
    async (scheme) => {
      const place = PLACES.find(({ name }) => name.startsWith("on Jenkins")) as Place;
      const look = async ({ frame }: Opened) => {
        const { ink, cell } = await frame.evaluate(() => ({
          ink: getComputedStyle(document.body).color,
          cell: getComputedStyle(document.querySelector("td") as Element).padding,
        }));
        expect(ink).toBe("rgb(0, 0, 0)");
        expect(cell).toBe("4px");
        for (const line of await frame.locator("section > hr").all()) expect(await line.isVisible()).toBe(true);
      };
      await withOpened(browser(), place, recordedPage().html, look, scheme);
    },
  );
});

/** What every element of the file says itself, in order. */
function textsIn(html: string): string[] {
  return ownTexts([...new JSDOM(html).window.document.querySelectorAll(TEXTS)]);
}

/** Cells and notes that a reader cannot get to see, going through the tabs where there are any, with everything open. */
async function unseenCells({ frame }: Opened, { isScripted }: Place): Promise<string[]> {
  const unseen: string[] = [];
  for (const section of await frame.locator("main > section").all()) {
    const id = await section.getAttribute("id");
    if (isScripted) await frame.locator(`nav a[href="#${id}"]`).click();
    const found = section.locator("td, th, li, dd, dt, p:not(.live-chart *), pre").filter({ hasText: /\S/ });
    const hidden = await found.evaluateAll((all) => {
      for (const details of document.querySelectorAll("details")) details.open = true;
      const isShown = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().height > 0;
      return all
        .filter((one) => !isShown(one) && !one.closest("[hidden], .live-chart"))
        .map((one) => one.textContent ?? "");
    });
    unseen.push(...hidden);
  }
  return unseen;
}

/** The chart as it is to be seen: the live one, or the picture of the file. */
async function pictureOf({ frame }: Opened, { isScripted }: Place): Promise<Buffer> {
  if (isScripted) await frame.locator('nav a[href="#overview"]').click();
  const picture = frame.locator(isScripted ? "svg.live" : "svg.flame").first();
  if (isScripted) await picture.locator("path[d]").first().waitFor({ state: "attached" });
  return picture.screenshot();
}
