import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const INSTALLED = [
  process.env.CHROME_PATH,
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless Chromium: an installed one, else the one inside @sparticuz/chromium, so that nothing has to be downloaded. */
export async function launchChromium() {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  // Inside a container everything runs as root, where Chromium's sandbox cannot.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  if (installed) return chromium.launch({ executablePath: installed, args: [...QUIET, ...sandbox] });
  const { default: packaged } = await import("@sparticuz/chromium");
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args, ...QUIET] });
}
