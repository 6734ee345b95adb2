import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from "playwright-core";
import { expect } from "vitest";
import { type FlameChart, flameChart } from "../../src/flame/flame-chart.js";
import type { View } from "../../src/flame/frame.js";
import type { Folding } from "../../src/flame/time-scale.js";
import type { Report } from "../../src/model/report.js";
import { drawnRects, type Rect, stillRects } from "./chart-rects.js";
import { recordedPath, temporaryFolder } from "./fixtures.js";
import { runCli } from "./run-cli.js";

/** Where a page is looked at with its script: as a file, and where its origin is nobody's. */
export const PLACES = ["file", "sandboxed frame"] as const;
export type Place = (typeof PLACES)[number];

export interface Opening extends BrowserContextOptions {
  readonly place?: Place;
  readonly recording?: string;
  readonly hash?: string;
  /** What becomes of the page before it is written. */
  readonly changed?: (html: string) => string;
  /** Runs in the page before its script does. */
  readonly before?: () => void;
  /** No interactive chart is waited for. */
  readonly isStill?: boolean;
}

/** As wide as makes the chart 1,200 px wide, which is what the still picture is drawn for. */
export const WIDE = { width: 1264, height: 1000 };
const pages = new Map<string, { readonly html: string; readonly report: Report }>();

export function recordedPage(recording = "1.18.34 debug-auth") {
  const known = pages.get(recording);
  if (known) return known;
  const print = (...options: string[]) =>
    runCli(["report", "--db", recordedPath(recording), "--no-local", "-o", "-", ...options]).stdout;
  const made = { html: print(), report: JSON.parse(print("--json")) as Report };
  pages.set(recording, made);
  return made;
}

/** Opens a report and looks at its chart; fails where anything is said on the console, or asked for. */
export async function withChart(
  browser: Browser,
  opening: Opening,
  look: (chart: ChartPage) => Promise<void>,
): Promise<void> {
  const { place = "file", recording, hash = "#timeline", changed, before, isStill = false, ...options } = opening;
  const { html, report } = recordedPage(recording);
  const path = join(temporaryFolder(), "report.html");
  writeFileSync(path, changed ? changed(html) : html);
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  if (before) await context.addInitScript(before);
  const said = listen(context);
  const open = async (at: string): Promise<ChartPage> => {
    const page = await context.newPage();
    const frame = place === "file" ? await openFile(page, path, at) : await openFrame(page, path, at);
    const chart = new ChartPage(page, frame, report, open);
    if (!isStill) await chart.isLive();
    return chart;
  };
  await look(await open(hash));
  await context.close();
  expect(said).toEqual([]);
}

function listen(context: BrowserContext): string[] {
  const said: string[] = [];
  context.on("console", (message) => said.push(message.text()));
  context.on("weberror", (error) => said.push(error.error().message));
  context.on("dialog", (dialog) => said.push(dialog.message()));
  context.on("request", (request) => {
    if (!request.isNavigationRequest()) said.push(request.url());
  });
  return said;
}

async function openFile(page: Page, path: string, hash: string): Promise<Frame> {
  await page.goto(pathToFileURL(path).href + hash);
  return page.mainFrame();
}

/** The frame fills the window, so that both count pixels alike. */
async function openFrame(page: Page, path: string, hash: string): Promise<Frame> {
  const host = join(path, "..", `host-${encodeURIComponent(hash).length}-${Date.now()}.html`);
  const src = `${pathToFileURL(path).href}${hash}`.replaceAll("&", "&amp;");
  const look = "position:fixed;inset:0;width:100%;height:100%;border:0";
  const meta = '<meta name="viewport" content="width=device-width, initial-scale=1">';
  writeFileSync(host, `<!doctype html>${meta}<iframe sandbox="allow-scripts" style="${look}" src="${src}"></iframe>`);
  await page.goto(pathToFileURL(host).href);
  return page.frames()[1] as Frame;
}

/** A report's page, and what is to be seen of its chart. */
export class ChartPage {
  constructor(
    readonly page: Page,
    readonly frame: Frame,
    readonly report: Report,
    /** The same report in a fresh page at another address. */
    readonly open: (hash: string) => Promise<ChartPage>,
  ) {}

  /** The chart is made, and drawn where it is looked at. */
  async isLive(): Promise<void> {
    await this.frame.locator(".still[hidden]").waitFor({ state: "attached" });
    const isLookedAt = await this.frame.locator("#overview, #timeline").filter({ visible: true }).count();
    if (isLookedAt) await this.frame.locator("svg.live path[d]").first().waitFor({ state: "attached" });
    await this.drawn();
  }

  /** Waits until what was last changed is drawn. */
  async drawn(): Promise<void> {
    const twoFrames = () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
    await this.frame.evaluate(twoFrames);
  }

  /** Waits until the view has stopped moving. */
  async isAtRest(): Promise<void> {
    for (let before: View | null = null, view = await this.view(); ; before = view, view = await this.view()) {
      if (before?.from === view.from && before.to === view.to) return;
      await this.drawn();
    }
  }

  rects(): Promise<Rect[]> {
    return this.frame.evaluate(drawnRects);
  }

  stillRects(): Promise<Rect[]> {
    return this.frame.evaluate(stillRects);
  }

  /** The part of the picture that the minimap's window is on. */
  async view(): Promise<View> {
    const [x = 0, width = 0] = await this.frame
      .locator(".map-window")
      .evaluate((window) => ["x", "width"].map((name) => Number(window.getAttribute(name))));
    return { from: x, to: x + width };
  }

  async svgBox() {
    const box = await this.frame.locator("svg.live").boundingBox();
    if (!box) throw new Error("no chart to be seen");
    return box;
  }

  async geometry(): Promise<FlameChart> {
    const folding = /fold=(always|never)/.exec(await this.hash())?.[1] ?? "auto";
    return flameChart(this.report.spans, (await this.svgBox()).width, folding as Folding);
  }

  /** Where a span's first bar is drawn, in the window's pixels. */
  async place(span: number): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
    const [{ rows, widthPx }, { from, to }, svg] = [await this.geometry(), await this.view(), await this.svgBox()];
    const box = rows.flat().find(({ id }) => id === span);
    if (!box) throw new Error(`span ${span} is not drawn`);
    const scale = widthPx / (to - from);
    const rowPx = (svg.height - 20) / rows.length;
    return { x: svg.x + (box.x - from) * scale, y: svg.y + (box.row + 0.4) * rowPx, width: box.width * scale };
  }

  /** The middle of what is to be seen of a span's first bar. */
  async middle(span: number): Promise<[number, number]> {
    const [{ x, y, width }, svg] = [await this.place(span), await this.svgBox()];
    return [(Math.max(svg.x, x) + Math.min(svg.x + svg.width, x + width)) / 2, y];
  }

  async click(span: number): Promise<void> {
    await this.page.mouse.click(...(await this.middle(span)));
    await this.drawn();
  }

  async doubleClick(span: number): Promise<void> {
    await this.page.mouse.dblclick(...(await this.middle(span)));
    await this.drawn();
  }

  async tap(span: number): Promise<void> {
    await this.page.touchscreen.tap(...(await this.middle(span)));
    await this.drawn();
  }

  async doubleTap(span: number): Promise<void> {
    const at = await this.middle(span);
    for (let i = 0; i < 2; i++) await this.page.touchscreen.tap(...at);
    await this.drawn();
  }

  async wheel(dx: number, dy: number, key?: "Control" | "Meta" | "Shift"): Promise<void> {
    if (key) await this.page.keyboard.down(key);
    await this.page.mouse.wheel(dx, dy);
    if (key) await this.page.keyboard.up(key);
    await this.drawn();
  }

  async drag([x, y]: readonly [number, number], dx: number, dy = 0): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + dx, y + dy, { steps: 5 });
    await mouse.up();
    await this.drawn();
  }

  /** What the selected thing is called to those who hear it; null where nothing is selected. */
  async selected(): Promise<string | null> {
    const item = this.frame.locator('[role="treeitem"][aria-selected="true"]');
    return (await item.count()) > 0 ? item.first().getAttribute("aria-label") : null;
  }

  hash(): Promise<string> {
    return this.frame.evaluate(() => location.hash);
  }

  /** The address, once nothing more is written to it: that takes up to a quarter of a second. */
  async settledHash(): Promise<string> {
    let last = "";
    const isStill = async () => {
      const before = last;
      last = await this.hash();
      return before === last;
    };
    await expect.poll(isStill, { interval: 300 }).toBe(true);
    return last;
  }

  /** The address is written a moment later. */
  async hashIs(expected: string | RegExp): Promise<void> {
    const found = expect.poll(() => this.hash(), { timeout: 3_000 });
    await (typeof expected === "string" ? found.toBe(expected) : found.toMatch(expected));
  }
}
