import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Frame, Page } from "playwright-core";
import { temporaryFolder } from "./fixtures.js";

/** What Jenkins sends with a build's artifacts unless it is told otherwise. */
const JENKINS = "default-src 'none'; img-src 'self'; style-src 'self';";
const NOT_STYLED = /^Applying inline style violates the following Content Security Policy directive 'style-src 'self''/;
const NOT_RUN = /^Blocked script execution in '\S+' because the document's frame is sandboxed/;

/** A place where people open a report. */
export interface Place {
  readonly name: string;
  readonly isScripted: boolean;
  /** What the console says there, in order: what is blocked, and nothing else. */
  readonly messages: readonly RegExp[];
  /** The page that holds the report in a frame; null where it is opened by itself. */
  readonly host: ((url: string, html: string) => string) | null;
  /** With which policy a server sends it; null where it is opened from disk. */
  readonly policy: string | null;
}

export const PLACES: readonly Place[] = [
  { name: "from disk", isScripted: true, messages: [], host: null, policy: null },
  { name: "from disk, without JavaScript", isScripted: false, messages: [], host: null, policy: null },
  ...["sandbox allow-same-origin", "sandbox"].map((sandbox) => ({
    ...{ name: `on Jenkins, ${sandbox}`, isScripted: false, messages: [NOT_STYLED, NOT_RUN] },
    ...{ host: null, policy: `${sandbox}; ${JENKINS}` },
  })),
  { name: "on a server", isScripted: true, messages: [], host: null, policy: "" },
  { name: "in a sandboxed frame, from disk", isScripted: true, messages: [], host: framed, policy: null },
  { name: "in a sandboxed frame, from a server", isScripted: true, messages: [], host: framed, policy: "" },
  { name: "in a sandboxed frame, by its text", isScripted: true, messages: [], host: framedText, policy: null },
];

/** The host's own empty icon, so that no browser asks a server for one. */
const HOST = '<!doctype html><link rel="icon" href="data:,"><title>host</title>';
const LOOK = 'style="position:fixed;inset:0;width:100%;height:100%;border:0"';

function framed(url: string): string {
  return `${HOST}<iframe sandbox="allow-scripts" ${LOOK} src="${url}"></iframe>`;
}

function framedText(_url: string, html: string): string {
  const text = html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `${HOST}<iframe sandbox="allow-scripts" ${LOOK} srcdoc="${text}"></iframe>`;
}

/** A report where it was opened, and what that took. */
export interface Opened {
  readonly page: Page;
  /** Of the report itself. */
  readonly frame: Frame;
  /** What was asked for that is no page of the test's own, and what a server was asked for. */
  readonly requests: readonly string[];
  readonly served: readonly string[];
  readonly messages: readonly string[];
}

/** Opens a page in a place and looks at it. */
export async function withOpened(
  browser: Browser,
  place: Place,
  html: string,
  look: (opened: Opened) => Promise<void>,
  colorScheme: "light" | "dark" = "light",
  /** What is there once the page's script has done its work. */
  started = ".still[hidden]",
): Promise<void> {
  const site = place.policy === null ? onDisk(place, html) : await onServer(place, html);
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 900 }, colorScheme, reducedMotion: "reduce" },
    javaScriptEnabled: place.isScripted || place.policy !== null,
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const messages: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  await page.goto(site.url);
  const frame = place.host ? (page.frames()[1] as Frame) : page.mainFrame();
  if (place.isScripted) await frame.locator(started).waitFor({ state: "attached" });
  await look({ page, frame, requests, messages, served: site.served });
  await context.close();
  site.server?.close();
}

interface Site {
  readonly url: string;
  readonly served: readonly string[];
  readonly server: Server | null;
}

function onDisk({ host }: Place, html: string): Site {
  const folder = temporaryFolder();
  const urlOf = (name: string) => pathToFileURL(join(folder, name)).href;
  writeFileSync(join(folder, "report.html"), html);
  if (host) writeFileSync(join(folder, "host.html"), host(urlOf("report.html"), html));
  return { url: urlOf(host ? "host.html" : "report.html"), served: [], server: null };
}

async function onServer({ host, policy }: Place, html: string): Promise<Site> {
  const served: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    served.push(url);
    const isHost = url === "/host.html";
    const headers = {
      "Content-Type": "text/html",
      ...(policy && !isHost ? { "Content-Security-Policy": policy } : {}),
    };
    response.writeHead(200, headers).end(isHost ? host?.("/report.html", html) : html);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/${host ? "host" : "report"}.html`, served, server };
}
