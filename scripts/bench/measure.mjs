import { clickFrames, nodesOf, search, timeFrames, turnWheel, watchPaint } from "./in-page.mjs";

/** The interactive chart of our page, and the field that searches in it. */
const LIVE_CHART = ".live-chart svg.flame.live";
const LIVE_FIELD = ".live-chart input[type=search]";
const STATIC_CHART = "svg.flame:not(.live)";
const COMPARED_CHART = ".chart";
const TERMS = Array(5).fill(["read", "session", "zzz"]).flat();
/** An interactive chart of ours is given time to come to rest. */
const LIVE_FRAMES = 30;
/** What fades in after a click on another chart is not held against it. */
const COMPARED_FRAMES = 3;
const CLICKS = 8;
/** At three places: further in, right and left at each of several depths, then out again. */
const WHEEL_MOVES = [0.1, 0.5, 0.9].flatMap((at) => [
  ...[1, 2, 3, 4].flatMap(() => [
    ...wheel(3, { at, deltaY: -100, ctrlKey: true }),
    ...wheel(5, { at, deltaX: 60 }),
    ...wheel(5, { at, deltaX: -60 }),
  ]),
  ...wheel(12, { at, deltaY: 100, ctrlKey: true }),
]);
const MOST_MS = 2_500;
const SLOW_MS = 1_000;
const FEWEST_ROUNDS = 3;

/**
 * Opens each page in turn, so many times over, and returns of each how long it took in each round. A page that takes
 * seconds is opened a few times only: it would be most of the bench.
 */
export async function paintTimes(browser, urls, rounds) {
  const times = urls.map(() => ({ firstMs: [], loadedMs: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, url] of urls.entries()) {
      if (times[i].loadedMs.length >= FEWEST_ROUNDS && times[i].loadedMs[0] > SLOW_MS) continue;
      const [firstMs, loadedMs] = await withPage(browser, url, watchPaint, (page) => page.evaluate("benchPaint"));
      times[i].firstMs.push(firstMs);
      times[i].loadedMs.push(loadedMs);
    }
  }
  return times;
}

/** What our page's charts cost; null where there is no interactive chart. */
export function reportFigures(browser, url) {
  const live = { chart: LIVE_CHART, frames: LIVE_FRAMES, mostMs: MOST_MS };
  return withPage(browser, url, timeFrames, async (page) => {
    const staticNodes = await page
      .locator(STATIC_CHART)
      .first()
      .evaluate((svg) => svg.querySelectorAll("*").length);
    const isLive = await page.waitForSelector(LIVE_CHART, { timeout: 2_000 }).catch(() => null);
    const turned = isLive ? await page.evaluate(turnWheel, { ...live, moves: WHEEL_MOVES }) : null;
    const canSearch = (await page.evaluate(nodesOf, LIVE_FIELD)) > 0;
    return {
      zoom: turned && redrawn(turned, "zoom"),
      pan: turned && redrawn(turned, "pan"),
      search: canSearch ? await page.evaluate(search, { ...live, field: LIVE_FIELD, terms: TERMS }) : null,
      chartNodes: Math.max(staticNodes, await page.evaluate(nodesOf, ".live-chart *")),
      nodes: await page.evaluate(nodesOf, "*"),
    };
  });
}

/** What another chart costs, whose frames zoom when they are clicked. */
export function comparedFigures(browser, url) {
  const compared = { chart: COMPARED_CHART, frames: COMPARED_FRAMES, mostMs: MOST_MS };
  return withPage(browser, url, timeFrames, async (page) => ({
    zoom: await page.evaluate(clickFrames, { ...compared, clicks: CLICKS }),
    pan: null,
    search: await page.evaluate(search, { ...compared, terms: TERMS }),
    chartNodes: await page.evaluate(nodesOf, `${COMPARED_CHART} *`),
    nodes: await page.evaluate(nodesOf, "*"),
  }));
}

function wheel(times, move) {
  return Array(times).fill(move);
}

/** Moves at which the chart drew nothing, as at the ends of what it shows, say nothing about its speed. */
function redrawn(moves, kind) {
  return moves.filter((move) => move.kind === kind && move.frames > 0);
}

async function withPage(browser, url, beforeItsScript, use) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.addInitScript(beforeItsScript);
    await page.goto(url, { waitUntil: "load", timeout: 60_000 });
    return await use(page);
  } finally {
    await page.close();
  }
}
