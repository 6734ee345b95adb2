// What a page costs the one who opens it, beside other charts of the same spans: size, first paint, zoom, pan, search.
// A size or a count beyond its budget ends with exit code 1, a time never does.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hasChromium, launchChromium } from "../chromium.mjs";
import { bigSession } from "./big-session.mjs";
import { pageBytes } from "./bytes.mjs";
import { d3FlameGraphPage } from "./d3-flame-graph-page.mjs";
import { figureTable, isWithinBudget, quantiles } from "./figures.mjs";
import { flameGraphPage } from "./flame-graph-page.mjs";
import { comparedFigures, paintTimes, reportFigures } from "./measure.mjs";
import { timingBytes } from "./timing-bytes.mjs";

const ROUNDS = 9;
const KIB = 1024;
const ONE_WORD = "one word";
const EVERY_SIZE = { timingBytesPerSpan: 10, chartNodes: 3_000 };
const BUDGETS = {
  1000: EVERY_SIZE,
  10000: { ...EVERY_SIZE, fileKib: 1_024, chartsKib: 300, paintMs: 60, searchMs: 5 },
  50000: { ...EVERY_SIZE, fileKib: 3_072, paintMs: 100, frameMs: 4 },
};

if (hasChromium) await measurePages();
else console.log("No Chromium here: the page was not measured.");

async function measurePages() {
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
  const browser = await launchChromium();
  try {
    console.log(`\nChromium ${browser.version()}, headless, 1280 × 800, ${ROUNDS} interleaved rounds\n`);
    for (const spans of Object.keys(BUDGETS).map(Number)) {
      const figures = await figuresOf(browser, dir, spans);
      console.log(`${figureTable(figures)}\n`);
      if (!isWithinBudget(figures)) process.exitCode = 1;
    }
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true });
  }
}

/** Makes the pages of a session of that size, opens them, and returns the rows of their table. */
async function figuresOf(browser, dir, size) {
  const { pages, spans, timing } = await pagesOf(dir, size);
  const names = Object.keys(pages);
  const urls = names.map((name, i) => written(join(dir, `${i}.html`), pages[name]));
  const paints = await paintTimes(browser, urls, ROUNDS);
  const oneWord = paints[names.indexOf(ONE_WORD)];
  const measured = {};
  for (const [i, name] of names.entries()) {
    if (name === ONE_WORD) continue;
    const isOurs = name === "report";
    const figures = await (isOurs ? reportFigures : comparedFigures)(browser, urls[i]);
    measured[name] = {
      ...figures,
      bytes: pageBytes(pages[name], isOurs),
      paint: paints[i],
      timing: isOurs ? timing : null,
    };
  }
  const oneWordMs = Math.round(quantiles(oneWord.firstMs).p50);
  console.log(`A session of ${spans.toLocaleString("en-US")} spans; one word is painted after ${oneWordMs} ms`);
  return rows(measured, oneWord, spans, BUDGETS[size]);
}

async function pagesOf(dir, size) {
  const session = join(dir, "session.json");
  writeFileSync(session, bigSession(size));
  sessionflame(session, "-o", join(dir, "report.html"));
  sessionflame(session, "-o", join(dir, "report.json"), "--json");
  const report = JSON.parse(readFileSync(join(dir, "report.json"), "utf8"));
  const { spans } = report;
  const pages = {
    [ONE_WORD]: "<!doctype html><title>One</title><p>word",
    report: readFileSync(join(dir, "report.html"), "utf8"),
    "FlameGraph-style": flameGraphPage(spans),
    "d3-flame-graph": await d3FlameGraphPage(spans, 0),
    "d3-flame-graph, ≥ 1 px": await d3FlameGraphPage(spans, 1),
  };
  return { pages, spans: spans.length, timing: await timingBytes(report) };
}

function sessionflame(...args) {
  const { status, stderr } = spawnSync(process.execPath, ["dist/cli.js", "report", ...args, "--no-local", "--quiet"]);
  if (status !== 0) throw new Error(String(stderr));
}

function written(path, text) {
  writeFileSync(path, text);
  return pathToFileURL(path).href;
}

function rows(measured, oneWord, spans, budgets) {
  const row = (name, figure, budget, digits) => {
    const values = Object.entries(measured).map(([page, figures]) => [page, figure(figures)]);
    return { name, values: Object.fromEntries(values), budget, digits };
  };
  const most = (limit, more) => (limit === undefined ? undefined : { most: limit, ...more });
  const time = (limit, of) => most(limit, { isTime: true, of });
  const later = (key) => (figures) => quantiles(figures.paint[key]).p50 - quantiles(oneWord[key]).p50;
  const times = (action, key) => (figures) => quantiles(figures[action]?.map((result) => result[key]));
  return [
    row("file, KiB", ({ bytes }) => bytes.file / KIB, most(budgets.fileKib)),
    row("file, gzip, KiB", ({ bytes }) => bytes.gzip / KIB),
    row(
      "without tables and texts, KiB",
      ({ bytes, timing }) => timing && (bytes.charts + timing) / KIB,
      most(budgets.chartsKib),
    ),
    row("timing data, bytes a span", ({ timing }) => timing && timing / spans, most(budgets.timingBytesPerSpan)),
    row("all data, KiB", ({ bytes }) => bytes.data && bytes.data / KIB),
    row("first paint, ms after one word's", later("firstMs"), time(budgets.paintMs)),
    row("two frames after load, the same", later("loadedMs")),
    row("zoom, ms of work: p50 / p95 / max", times("zoom", "workMs"), time(budgets.frameMs, "p95")),
    row("zoom, ms until painted", times("zoom", "paintedMs")),
    row("pan, ms of work", times("pan", "workMs"), time(budgets.frameMs, "p95")),
    row("search, ms of work", times("search", "workMs"), time(budgets.searchMs, "p95")),
    row("elements in the chart", ({ chartNodes }) => chartNodes, most(budgets.chartNodes), 0),
    row("elements in the page", ({ nodes }) => nodes, undefined, 0),
  ];
}
