// Screenshots of reports, every tab, light and dark, wide and narrow, into shots/ (not in version control).
// Usage: npm run shots [-- FILE.html|FILE.db ...]; without files, the bundled example.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launchChromium } from "./chromium.mjs";

const files = process.argv.slice(2);
/** The chart comes a little after the page. */
const SETTLED_MS = 300;
mkdirSync("shots", { recursive: true });
const pages = (files.length > 0 ? files : ["examples/debug-auth.db"]).map(reportOf);
const browser = await launchChromium();
for (const page of pages) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) await shootTabs(page, colorScheme, width);
  }
}
await browser.close();

async function shootTabs(page, colorScheme, width) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  for (const link of await tab.locator("nav a").all()) {
    await link.click();
    await tab.waitForTimeout(SETTLED_MS);
    const name = await link.getAttribute("aria-controls");
    const shot = `shots/${basename(page, ".html")}-${name}-${colorScheme}-${width}.png`;
    await tab.screenshot({ path: shot, fullPage: true });
    console.log(shot);
  }
  await context.close();
}

function reportOf(file) {
  if (file.endsWith(".html")) return resolve(file);
  const page = resolve("shots", `${basename(file, ".db")}.html`);
  execFileSync(process.execPath, ["dist/cli.js", "report", file, "-o", page, "--quiet"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return page;
}
