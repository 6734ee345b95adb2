import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, test, vi } from "vitest";
import { hasChromium } from "../../scripts/chromium.mjs";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import { renderHtml } from "../../src/render/index.js";
import { MARKUP_PAYLOADS, type Payload } from "../security/payloads.js";
import { startedBrowser } from "../support/browser.js";
import { loadRoots, RECORDED, temporaryFolder } from "../support/fixtures.js";
import { redacted } from "../support/redacted.js";
import { sessionFromText } from "../support/session-text.js";
import { TABS } from "../support/tabs.js";
import { type Happenings, watched } from "../support/watched.js";

const escaping = vi.hoisted(() => ({ isOn: true }));
vi.mock("../../src/render/escape.js", async (original) => {
  const { escapeMarkup } = await original<typeof import("../../src/render/escape.js")>();
  return { escapeMarkup: (text: unknown) => (escaping.isOn ? escapeMarkup(text) : String(text)) };
});

const assets = readPageAssets();
const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
/** No policy can stop a page from leaving for another: that is for the escaping alone. */
const STAYING = MARKUP_PAYLOADS.filter(({ name }) => name !== "refresh");
/** What fails to load says so a little later than the page is loaded. */
const LATER_MS = 60;

interface Layers {
  readonly isEscaped: boolean;
  readonly hasPolicy: boolean;
}

interface Tried {
  readonly name: string;
  /** Elements of the page that the payload made. */
  readonly elements: number;
  /** What it did: all but what the console says of what was blocked. */
  readonly done: readonly string[];
}

describe.skipIf(!hasChromium)("two layers, each of which is enough", () => {
  const browser = startedBrowser();

  /** A page of its own for each payload, with some of the layers taken away. */
  async function tried(payloads: readonly Payload[], layers: Layers): Promise<Tried[]> {
    const folder = temporaryFolder();
    const context = await browser().newContext();
    const happenings = await watched(context, (url) => url.startsWith(pathToFileURL(folder).href));
    const results: Tried[] = [];
    const page = await context.newPage();
    for (const payload of payloads) {
      const path = join(folder, "report.html");
      writeFileSync(path, pageWith(payload, layers));
      results.push({ name: payload.name, ...(await happened(page, pathToFileURL(path).href, happenings)) });
    }
    await context.close();
    return results;
  }

  test("the policy alone: what runs, loads or sends without it is still in the page, and does nothing", async () => {
    const without = await tried(STAYING, { isEscaped: false, hasPolicy: false });
    const active = without.filter(({ done }) => done.length > 0).map(({ name }) => name);
    // Otherwise, what looks for it does not find it.
    expect(active.length).toBeGreaterThan(45);
    expect(active).toEqual(
      expect.arrayContaining(["script", "image that fails", "SVG that loads", "frame with a page"]),
    );
    const stopped = await tried(STAYING, { isEscaped: false, hasPolicy: true });
    expect(stopped.filter(({ done }) => done.length > 0)).toEqual([]);
    const present = stopped.filter(({ elements }) => elements > 0).map(({ name }) => name);
    expect(present).toEqual(expect.arrayContaining(active));
  });

  test("the escaping alone: no payload is an element of the page", async () => {
    for (const { elements, done } of await tried(MARKUP_PAYLOADS, { isEscaped: true, hasPolicy: false }))
      expect({ elements, done }).toEqual({ elements: 0, done: [] });
  });
});

describe.skipIf(!hasChromium)("every recorded session", () => {
  const browser = startedBrowser();

  test("asks for nothing and says nothing: when it is opened, in any tab, and on paper", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "report.html");
    const { href } = pathToFileURL(path);
    const context = await browser().newContext();
    const page = await context.newPage();
    const happenings = await watched(context, (url) => url === href);
    for (const { path: recording } of RECORDED)
      for (const session of await loadRoots(recording)) {
        writeFileSync(path, renderHtml(analyze(redacted(session, "paths"), "test"), assets));
        await page.goto(href);
        await page.evaluate(eachTab, TABS);
        await page.emulateMedia({ media: "print" });
        await page.emulateMedia({ media: "screen" });
        expect({ session: session.title, happenings }).toEqual({ session: session.title, happenings: [] });
      }
    await context.close();
  }, 180_000);
});

/** A page without a chart whose title and a note of which are the payload. */
function pageWith({ text }: Payload, { isEscaped, hasPolicy }: Layers): string {
  const session = { ...sessionFromText("session 0..0"), title: text, notes: [{ kind: "info" as const, text }] };
  escaping.isOn = isEscaped;
  const html = renderHtml(analyze(session, "test"), assets);
  escaping.isOn = true;
  return hasPolicy ? html : html.replace(POLICY, "");
}

async function happened(page: Page, href: string, happenings: Happenings): Promise<Omit<Tried, "name">> {
  happenings.length = 0;
  await page.goto(href);
  const elements = await page.evaluate(async (laterMs) => {
    await new Promise((done) => setTimeout(done, laterMs));
    const isForeign = ({ attributes, localName, textContent, shadowRoot }: Element) => {
      const own = [...attributes].map(({ value }) => value);
      const inside = /^(script|style|template)$/.test(localName) ? (textContent ?? "") : (shadowRoot?.innerHTML ?? "");
      return /__ran|example\.invalid/.test([...own, inside].join(" "));
    };
    return [...document.querySelectorAll("*")].filter(isForeign).length;
  }, LATER_MS);
  const blocked = happenings.filter((what) => what.startsWith("blocked ")).map((what) => what.slice("blocked ".length));
  const isDone = (what: string) =>
    !/^(console|window|blocked)/.test(what) && !blocked.some((url) => what === `request ${url}`);
  return { elements, done: happenings.filter(isDone) };
}

async function eachTab(tabs: readonly string[]): Promise<void> {
  const frame = () => new Promise<void>((done) => requestAnimationFrame(() => done()));
  while (document.querySelector(".still") && !document.querySelector(".still[hidden]")) await frame();
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const tab of tabs) {
    document.querySelector<HTMLElement>(`nav a[href="#${tab}"]`)?.click();
    await frame();
    await frame();
  }
}
