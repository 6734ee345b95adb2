// Makes the reports in examples/ anew from the recorded databases beside them, and the picture in the README.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { hasChromium, launchChromium } from "./chromium.mjs";

for (const name of readdirSync("examples").filter((file) => file.endsWith(".db"))) {
  const own = (ending) => `examples/${name.replace(/\.db$/, ending)}`;
  const telemetry = existsSync(own(".telemetry.jsonl")) ? ["--telemetry", own(".telemetry.jsonl")] : [];
  const args = ["report", `examples/${name}`, "--no-local", ...telemetry, "-o", own(".html")]; // the same on every machine
  execFileSync(process.execPath, ["dist/cli.js", ...args], { stdio: "inherit" });
}

if (hasChromium) {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1200, height: 960 }, colorScheme: "light" });
  await page.goto(pathToFileURL(resolve("examples/debug-auth.html")).href);
  await page.screenshot({ path: "examples/debug-auth.png" });
  await browser.close();
}
