// Makes the pages in examples/ anew from recorded databases, and the picture in the README.
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { hasChromium, launchChromium } from "./chromium.mjs";
import { EXAMPLES } from "./example-pages.mjs";

for (const [name, args] of Object.entries(EXAMPLES))
  execFileSync(process.execPath, ["dist/cli.js", ...args, "-o", `examples/${name}.html`], { stdio: "inherit" });

if (hasChromium) {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1200, height: 960 }, colorScheme: "light" });
  await page.goto(pathToFileURL(resolve("examples/debug-auth.html")).href);
  await page.screenshot({ path: "examples/debug-auth.png" });
  await browser.close();
}
