import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const INSTALLED = [
  process.env.CHROME_PATH ?? "",
  "/usr/bin/chromium-headless-shell", // twice as fast as a browser that could have windows
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
/** Without these it looks for updates and for its makers' hosts. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Whether there is a browser: an installed one, or on Linux the one inside an npm package. */
export const hasChromium = INSTALLED.some(existsSync) || (process.platform === "linux" && process.arch === "x64");

/** A headless Chromium. Nothing is downloaded. */
export async function launchChromium() {
  const executablePath = await chromiumPath();
  // Where everything runs as root, as in a container, Chromium's own sandbox cannot.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...QUIET, ...sandbox] });
}

/** The program of the browser. One that has to be unpacked is not to be asked for by two processes at once. */
export async function chromiumPath() {
  return INSTALLED.find(existsSync) ?? (await packagedChromium());
}

/** The browser inside @sparticuz/chromium, with the system libraries that a bare machine lacks. */
async function packagedChromium() {
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs20.x"; // the package unpacks its libraries only where it sees this
  const { default: packaged } = await import("@sparticuz/chromium");
  return packaged.executablePath();
}
