import type { Page } from "playwright-core";

/** The sections of a page, each a tab where the script runs. */
export const TABS = ["overview", "timeline", "tokens", "tools", "suggestions", "notes"] as const;

/** What else an address can choose: other pictures, and a chart with all that can stand out in it. */
const PICTURES = [
  "timeline&picture=graph&by=tool",
  "timeline&picture=sandwich&weight=tokens",
  "timeline&zoom=100-2000&span=3&find=a&path=1",
] as const;

/** What need not keep up with the chart's frames is drawn a little sooner than that after the last one. */
const SETTLED_MS = 250;

/** Chooses each tab as a reader does, then what only the address chooses, and looks at each when it is drawn. */
export async function eachPlace(page: Page, look: (place: string) => Promise<void>): Promise<void> {
  for (const tab of TABS) {
    await page.locator(`nav a[href="#${tab}"]`).click();
    await drawn(page);
    await look(tab);
  }
  for (const place of PICTURES) {
    await page.evaluate((hash) => {
      globalThis.location.hash = hash;
    }, place);
    await drawn(page);
    await look(place);
  }
}

/** Waits for the chart, which comes after the first paint, and for all that follows a change; opens what can be opened. */
export async function drawn(page: Page): Promise<void> {
  if ((await page.locator(".still").count()) > 0) await page.locator(".still[hidden]").waitFor({ state: "attached" });
  await page.evaluate((settledMs) => {
    for (const details of globalThis.document.querySelectorAll("details")) details.open = true;
    return new Promise((done) => setTimeout(done, settledMs));
  }, SETTLED_MS);
}

/** Without a script: lays out all of the page, also what is far out of sight. */
export async function laidOut(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const section of globalThis.document.querySelectorAll("section")) section.style.contentVisibility = "visible";
  });
}
