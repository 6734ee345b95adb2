// Screenshots of reports, light and dark, wide and narrow, into shots/ (not in version control).
// Usage: npm run shots [-- FILE.html|FILE.db ...]; without files, the bundled example.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launchChromium } from "./chromium.mjs";

const files = process.argv.slice(2);
mkdirSync("shots", { recursive: true });
const pages = (files.length > 0 ? files : ["examples/debug-auth.db"]).map(reportOf);
const browser = await launchChromium();
for (const page of pages) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const tab = await context.newPage();
      await tab.goto(pathToFileURL(page).href);
      const shot = `shots/${basename(page, ".html")}-${colorScheme}-${width}.png`;
      await tab.screenshot({ path: shot, fullPage: true });
      console.log(shot);
      await context.close();
    }
  }
}
await browser.close();

function reportOf(file) {
  if (file.endsWith(".html")) return resolve(file);
  const page = resolve("shots", `${basename(file, ".db")}.html`);
  execFileSync(process.execPath, ["dist/cli.js", "report", file, "-o", page, "--quiet"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return page;
}
