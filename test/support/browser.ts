import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "../../scripts/chromium.mjs";

const START_MS = 120_000;

/** A headless Chromium for the tests of the block in which this is called: started before them, closed behind them. */
export function startedBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  }, START_MS);
  afterAll(() => browser?.close());
  return () => browser as Browser;
}
