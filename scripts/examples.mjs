// Makes the reports in examples/ anew from the recorded databases beside them, and the picture in the README.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { hasChromium, launchChromium } from "./chromium.mjs";

for (const name of readdirSync("examples").filter((file) => file.endsWith(".db"))) {
  const page = `examples/${name.replace(/\.db$/, ".html")}`;
  const args = ["dist/cli.js", "report", `examples/${name}`, "--no-local", "-o", page]; // the same on every machine
  execFileSync(process.execPath, args, { stdio: "inherit" });
}

if (hasChromium) {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1200, height: 960 }, colorScheme: "light" });
  await page.goto(pathToFileURL(resolve("examples/debug-auth.html")).href);
  await page.screenshot({ path: "examples/debug-auth.png" });
  await browser.close();
}
