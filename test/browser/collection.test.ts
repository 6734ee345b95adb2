import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { violations, withAxe } from "../support/axe.js";
import { startedBrowser } from "../support/browser.js";
import { recordedPath, SCENARIOS } from "../support/fixtures.js";
import { printed } from "../support/in-process.js";
import { type Opened, PLACES, withOpened } from "../support/places.js";

const ROWS = ".sessions tbody tr";
const FULL = `${ROWS}:has-text("full") >> nth=2`;
/** The class that the script gives to the page. */
const STARTED = ".scripted";
const DISK = PLACES[0] as (typeof PLACES)[number];

describe.skipIf(!hasChromium)("a page of several sessions", () => {
  const browser = startedBrowser();
  let made: Promise<string> | undefined;
  const opened = async (look: (opened: Opened) => Promise<void>, place = DISK) => {
    made ??= printed("report", "--all", "--db", SCENARIOS, "--quiet");
    await withOpened(browser(), place, await made, look, "light", STARTED);
  };

  test.each(PLACES.map((place) => [place.name, place] as const))(
    "%s: is whole, and asks for nothing",
    async (_, place) => {
      await opened(async ({ frame, requests, messages }) => {
        expect(await frame.locator(ROWS).count()).toBe(12);
        if (place.isScripted) {
          await frame.locator(FULL).locator("a").click();
          await frame.locator("#open-session svg.live path[d]").first().waitFor({ state: "attached" });
          expect(await frame.locator("#all-sessions").isVisible()).toBe(false);
          expect(await frame.locator("#open-session h1").textContent()).toBe("full");
          await frame.locator('nav a[href="#tokens"]').click();
          expect(await frame.locator("#tokens").isVisible()).toBe(true);
          await frame.locator('.ways a[href="#all-sessions"]').click();
          expect(await frame.locator("#open-session").count()).toBe(0);
        } else {
          for (const summary of await frame.locator("details.summary").all())
            expect(await summary.isVisible()).toBe(true);
          await frame.locator("details.summary summary").last().click();
          const last = frame.locator("details.summary").last();
          expect(await last.locator(".facts").isVisible()).toBe(true);
          expect(await last.locator("tbody tr").count()).toBe(5);
        }
        expect(await frame.locator(ROWS).first().isVisible()).toBe(true);
        const names = place.host ? ["host.html", "report.html"] : ["report.html"];
        expect(requests.length).toBe(place.name.endsWith("by its text") ? 1 : names.length);
        expect(messages).toEqual(place.messages.map((message) => expect.stringMatching(message)));
      }, place);
    },
  );

  test("the address holds the session and what is shown of it, and the way back leads through both", async () => {
    await opened(async ({ page }) => {
      const name = await page.locator(FULL).locator("a").getAttribute("href");
      const address = () => new URL(page.url()).hash;
      await page.locator(FULL).locator("a").click();
      await settled(page);
      expect(address()).toBe(name);
      await page.locator('nav a[href="#notes"]').click();
      expect(address()).toBe(`${name}/notes`);
      await page.goBack();
      expect([address(), await page.locator("#overview").isVisible()]).toEqual([name, true]);
      await page.goBack();
      expect([address(), await page.locator("#all-sessions").isVisible()]).toEqual(["", true]);
      await page.goForward();
      await settled(page);
      expect(await page.title()).toBe("full · Sessionflame");
      await page.goto(`${page.url().split("#")[0]}${name}/tokens`);
      await page.reload();
      await settled(page);
      expect(await page.locator("#tokens").isVisible()).toBe(true);
      await page.locator(".ways a", { hasText: "Newer" }).click();
      await settled(page);
      expect([address() !== name, await page.locator("#open-session").count()]).toEqual([true, 1]);
    });
  });

  test("the Overview is whole when it comes, and everything else follows", async () => {
    await opened(async ({ page }) => {
      const shownFirst = page.evaluate(whatIsShownFirst);
      await page.locator(FULL).locator("a").click();
      const first = await shownFirst;
      await settled(page);
      const headings = await page.locator("#overview h2").allTextContents();
      const rows = await page.locator("#overview tbody tr").allTextContents();
      expect(first).toEqual({ sections: ["overview"], pictures: 1, headings, rows });
      expect(await page.locator("#open-session section").count()).toBe(6);
    });
  });

  test("links to spans select in the chart; where it cannot be made, they lead nowhere", async () => {
    const link = "#overview .slowest a";
    await opened(async ({ page }) => {
      await page.locator(FULL).locator("a").click();
      await page.locator("#open-session svg.live path[d]").first().waitFor({ state: "attached" });
      await page.locator(link).first().click();
      await page.locator("#overview .details").waitFor();
      expect(await page.locator("#overview tr.of-span").count()).toBe(1);
    });
    const damaged = (await made)?.replaceAll(/(data-part="report">)[^<]+/g, "$1AAAA") as string;
    const look = async ({ page }: Opened) => {
      await page.locator(FULL).locator("a").click();
      await settled(page);
      await page.locator(link).first().click();
      expect(await page.locator("#overview .still svg").isVisible()).toBe(true);
    };
    await withOpened(browser(), DISK, damaged, look, "light", STARTED);
  });

  test("the index sorts and filters, and the focus comes back to where it left", async () => {
    await opened(async ({ page }) => {
      await page.locator('.sessions th button:text("Active")').click();
      expect(await page.locator(`${ROWS} >> nth=0`).textContent()).toMatch(/^fail/);
      await page.locator("#all-sessions input").first().fill("fork");
      expect(await page.locator(ROWS).count()).toBe(1);
      await page.locator(`${ROWS} a`).first().press("Enter");
      await settled(page);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
      await page.goBack();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("full (fork #1)");
    });
  });

  test("a session that was left leaves nothing: not an element, not a listener, not a megabyte", async () => {
    await opened(async ({ page }) => {
      const names = await page
        .locator(`${ROWS} a`)
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      const visit = async (count: number) => {
        for (let i = 0; i < count; i++) {
          await page.evaluate((name) => location.assign(name), names[i % names.length] as string);
          await settled(page);
          await page.evaluate(() => location.assign("#all-sessions"));
          await page.locator("#open-session").waitFor({ state: "detached" });
        }
      };
      const kept = await keptIn(page);
      await visit(24);
      const before = await kept();
      await visit(100);
      const after = await kept();
      expect(after.elements).toBe(before.elements);
      expect(after.listeners).toBeLessThanOrEqual(before.listeners);
      expect(after.heapBytes - before.heapBytes).toBeLessThan(1_000_000);
    });
  }, 240_000);

  test.each(["light", "dark"] as const)("axe finds nothing, in the index and in a session, %s", async (scheme) => {
    const several = await printed(
      ...["report", recordedPath("1.18.34 debug-auth"), recordedPath("1.3.2 debug-auth")],
      ...[recordedPath("1.18.34 parallel-agents"), "--quiet"],
    );
    const look = async ({ page, frame }: Opened) => {
      await withAxe(frame);
      expect(await violations(frame)).toEqual([]);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      await page.locator(`${ROWS} a`).first().click();
      await settled(page);
      expect(await violations(frame)).toEqual([]);
    };
    await withOpened(browser(), DISK, several, look, scheme, STARTED);
  });

  test("on paper the index has every session, and an open session is printed alone", async () => {
    await opened(async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("details.summary .facts").first().isVisible()).toBe(true);
      await page.emulateMedia({ media: null });
      await page.locator(`${ROWS} a`).first().click();
      await page.locator("#open-session svg.live path[d]").first().waitFor({ state: "attached" });
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("#all-sessions").isVisible()).toBe(false);
      expect(await page.locator("#open-session section:visible").count()).toBe(6);
      expect(await page.locator("#overview .still svg rect:visible").count()).toBeGreaterThan(0);
      expect(await page.locator(".live-chart").isVisible()).toBe(false);
    });
  });
});

/** Runs in the page: of the next session that is opened, what stands in the page as soon as any of it does. */
async function whatIsShownFirst() {
  await new Promise<void>((done) => {
    const looking = new MutationObserver(() => {
      if (!document.getElementById("open-session")) return;
      looking.disconnect();
      done();
    });
    looking.observe(document.body, { childList: true, subtree: true });
  });
  const texts = (selector: string) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
  return {
    sections: [...document.querySelectorAll("#open-session section")].map(({ id }) => id),
    pictures: document.querySelectorAll("#overview .still svg.flame").length,
    headings: texts("#overview h2"),
    rows: texts("#overview tbody tr"),
  };
}

/** All of the session is there, its chart too where it has one. */
async function settled(page: Page): Promise<void> {
  await page.locator("#open-session nav[role=tablist]").waitFor();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 30)));
}

/** What the page holds once its garbage is gone. */
async function keptIn(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  return async () => {
    await client.send("HeapProfiler.collectGarbage");
    const { metrics } = await client.send("Performance.getMetrics");
    const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    const elements = await page.evaluate(() => document.querySelectorAll("*").length);
    return { elements, listeners: metric("JSEventListeners"), heapBytes: metric("JSHeapUsedSize") };
  };
}
