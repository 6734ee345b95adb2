// Where reports can be read: ours and those of other tools, opened in the same places. What counts is what a reader sees, and what the browser was
// asked for and said. Needs the network once, for the other tools; nothing here fails.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launchChromium } from "../chromium.mjs";
import { otherReports } from "./other-reports.mjs";

const JENKINS = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";
const FRAME =
  '<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" style="position:fixed;inset:0;width:100%;height:100%;border:0" src="report.html"></iframe>';
const LOOKS = 8;
const BETWEEN_MS = 700;
/** Less is an icon or a link. */
const LEAST_COLOUR = 0.01;
const dir = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
const ours = { name: "sessionflame", word: "Debug Auth", hasPicture: true, path: join(dir, "sessionflame.html") };
execFileSync(process.execPath, ["dist/cli.js", "report", "examples/debug-auth.db", "-o", ours.path, "--quiet"]);
const others = otherReports();
if (!others) console.log("The other tools could not be installed: only our report is looked at.\n");

const browser = await launchChromium();
const rows = [];
for (const report of [ours, ...(others ?? [])]) {
  const html = readFileSync(report.path, "utf8");
  for (const [place, open] of Object.entries(places()))
    rows.push({ report: report.name, place, ...(await seen(report, html, open)) });
}
await browser.close();
rmSync(dir, { recursive: true });
console.table(rows);

/** How a report is opened: what to go to, and where its text is to be found then. */
function places() {
  const onDisk = (html, host) => {
    writeFileSync(join(dir, "report.html"), html);
    if (host) writeFileSync(join(dir, "host.html"), host);
    return { url: pathToFileURL(join(dir, host ? "host.html" : "report.html")).href, options: {} };
  };
  return {
    "from disk": (html) => onDisk(html),
    "without JavaScript": (html) => ({ ...onDisk(html), options: { javaScriptEnabled: false } }),
    Jenkins: (html) => served(html),
    "sandboxed frame": (html) => onDisk(html, FRAME),
  };
}

async function served(html) {
  const headers = { "Content-Type": "text/html", "Content-Security-Policy": JENKINS };
  const server = createServer((_request, response) => response.writeHead(200, headers).end(html));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/report.html`, options: {}, server };
}

async function seen({ word, hasPicture }, html, open) {
  const { url, options, server } = await open(html);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const asked = [];
  const said = [];
  page.on(
    "request",
    (request) =>
      !/(report|host)\.html$/.test(request.url()) && !request.url().startsWith("data:") && asked.push(request.url()),
  );
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(url, { waitUntil: "load" });
  let [text, colour] = ["", 0];
  // Whoever is slow has time; and what is asked for or said late is noted too.
  for (let look = 0; look < LOOKS && (look < 2 || !text.includes(word) || colour < LEAST_COLOUR); look++) {
    await page.waitForTimeout(BETWEEN_MS);
    text = await page.frames().at(-1).evaluate(visibleText);
    colour = await colouredShare(await page.screenshot());
  }
  await context.close();
  server?.close();
  return {
    text: text.includes(word) ? "yes" : text.trim() === "" ? "none" : "other words",
    picture: !hasPicture ? "–" : colour >= LEAST_COLOUR ? "yes" : "no",
    requests: asked.length,
    messages: said.length,
    CSP: /<meta[^>]+http-equiv="Content-Security-Policy"/i.test(html) ? "yes" : "no",
  };
}

/** What is to be read, in pictures too. Runs in the page. */
function visibleText() {
  const elements = [...document.body.querySelectorAll("*:not(script, style)")].filter((one) => one.checkVisibility());
  const texts = elements.flatMap(({ childNodes }) => [...childNodes].filter(({ nodeType }) => nodeType === 3));
  return texts.map(({ textContent }) => textContent).join(" ");
}

/** How much of a picture is neither white nor black nor grey. */
async function colouredShare(png) {
  const page = await browser.newPage();
  const share = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      const channels = [data[i], data[i + 1], data[i + 2]];
      if (Math.max(...channels) - Math.min(...channels) > 30) coloured++;
    }
    return coloured / (data.length / 4);
  }, png.toString("base64"));
  await page.close();
  return share;
}
