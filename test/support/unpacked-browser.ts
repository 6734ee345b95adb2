import { chromiumPath, hasChromium } from "../../scripts/chromium.mjs";

/** Before all tests, which run beside each other: what is half unpacked is no browser. */
export default async function setup(): Promise<void> {
  if (hasChromium) await chromiumPath();
}
