import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { Report, ReportSpan } from "../../src/model/report.js";
import { contrast } from "./colour-vision.js";
import { recordedPath, temporaryFolder } from "./fixtures.js";
import { runCli } from "./run-cli.js";

export interface Visit extends BrowserContextOptions {
  /** What the address says behind the file's name. */
  readonly hash?: string;
}

const made = new Map<string, string>();

function printed(recording: string, ...args: readonly string[]): string {
  const key = [recording, ...args].join(" ");
  const known = made.get(key);
  if (known !== undefined) return known;
  const { stdout } = runCli(["report", "--db", recordedPath(recording), "--no-local", ...args]);
  made.set(key, stdout);
  return stdout;
}

export function reportOf(recording: string): Report {
  return JSON.parse(printed(recording, "--json"));
}

/** Opens the page of a recording; fails where the page threw an error. */
export function withReport(
  browser: Browser,
  recording: string,
  look: (page: Page) => Promise<void>,
  visit: Visit = {},
): Promise<void> {
  return withHtml(browser, printed(recording, "-o", "-"), look, visit);
}

export async function withHtml(
  browser: Browser,
  html: string,
  look: (page: Page) => Promise<void>,
  { hash = "#timeline", ...options }: Visit = {},
): Promise<void> {
  const path = join(temporaryFolder(), "report.html");
  writeFileSync(path, html);
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(pathToFileURL(path).href + hash);
    if (/^#(timeline|overview)/.test(hash)) await page.waitForSelector(".picture path[d^=M]");
    await look(page);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
}

export const picture = (page: Page) => page.getByRole("tree");

/** Presses keys in the chart, one after the other. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  await picture(page).focus();
  for (const key of keys) await page.keyboard.press(key);
}

/** The heading of the details of what is selected; empty for nothing. */
export function selectedName(page: Page): Promise<string> {
  return page.evaluate(() => globalThis.document.querySelector(".details h3")?.textContent ?? "");
}

/** Where the outline of what is selected is drawn, after the next frame. */
export async function selectedBox(page: Page): Promise<{ y: number; width: number; whole: number }> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(globalThis.requestAnimationFrame);
    const path = globalThis.document.querySelector(".selected") as SVGPathElement;
    const { y, width } = path.getBBox();
    return { y, width, whole: Number(path.ownerSVGElement?.getAttribute("width")) };
  });
}

export async function selectedTop(page: Page): Promise<number> {
  return (await selectedBox(page)).y;
}

/** The number behind a word of the address, once it stands there. */
export function inAddress(page: Page, word: "span" | "node"): Promise<number | null> {
  return page.evaluate((name) => {
    const found = new URLSearchParams(globalThis.location.hash.slice(1)).get(name);
    return found === null ? null : Number(found);
  }, word);
}

export async function expectSpan(page: Page, id: number | null): Promise<void> {
  await expect.poll(() => inAddress(page, "span"), { message: `span ${id}` }).toBe(id);
}

/** From and to of the part that is shown, in parts of the whole, once nothing glides. */
export async function shownPart(page: Page): Promise<{ from: number; to: number }> {
  return page.evaluate(async () => {
    const { document, requestAnimationFrame: next } = globalThis;
    const box = document.querySelector(".map-window") as SVGRectElement;
    const whole = Number(document.querySelector(".minimap")?.getAttribute("width"));
    const place = () => [box.getAttribute("x"), box.getAttribute("width")].map(Number) as [number, number];
    let last = "";
    for (let same = 0; same < 5; same = String(place()) === last ? same + 1 : 0) {
      last = String(place());
      await new Promise(next);
    }
    const [x, width] = place();
    return { from: x / whole, to: (x + width) / whole };
  });
}

export function said(page: Page): Promise<string> {
  return page.evaluate(
    () => globalThis.document.querySelector(".live-chart > .hidden[role=status]")?.textContent ?? "",
  );
}

/** The children of a span as the arrows go through them: in the order of time. */
export function childrenOf({ spans }: Report, parent: number): number[] {
  const ids = spans.flatMap((span, id) => (span.parent === parent ? [id] : []));
  return ids.sort((a, b) => startOf(spans, a) - startOf(spans, b) || a - b);
}

function startOf(spans: readonly ReportSpan[], id: number): number {
  return (spans[id] as ReportSpan).startMs;
}

/** The contrast of two colours as a browser names them: the first `rgb()` in each counts. */
export function shownContrast(a: string, b: string): number {
  return contrast(hexOf(a), hexOf(b), "normal");
}

function hexOf(shown: string): string {
  const [red, green, blue] = /rgba?\((\d+), (\d+), (\d+)/.exec(shown)?.slice(1).map(Number) ?? [];
  if (red === undefined || green === undefined || blue === undefined) throw new Error(`no colour: ${shown}`);
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
