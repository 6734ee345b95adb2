// What pages weigh, part by part, beside their budgets: no time is measured. Ends with exit code 1 where one is passed.
import { bytesByPart, pageBytes } from "./bench/bytes.mjs";
import { figureTable, isWithinBudget } from "./bench/figures.mjs";
import { bigPage, emptyPage, examplePage } from "./bench/made-page.mjs";
import { reportIn, timingBytes } from "./bench/timing-bytes.mjs";

const KIB = 1024;
const EMPTY = "no message";
const EVERY_SIZE = { timingBytesPerSpan: 10 };
/** In KiB where they say nothing else. */
const BUDGETS = {
  [EMPTY]: { file: 64, gzip: 22 },
  example: {},
  "10,000 spans": { ...EVERY_SIZE, file: 1_024, charts: 300 },
  "50,000 spans": { ...EVERY_SIZE, file: 3_072 },
};

const pages = {
  [EMPTY]: emptyPage(),
  example: examplePage(),
  "10,000 spans": bigPage(10_000),
  "50,000 spans": bigPage(50_000),
};
console.log(`${figureTable(partRows(pages))}\n`);
const checks = (await Promise.all(Object.entries(pages).map(([name, html]) => checksOf(name, html)))).flat();
console.log(figureTable(checks));
if (!isWithinBudget(checks)) process.exitCode = 1;

/** A part a row; of each page its KiB, and gzipped by itself. */
function partRows(made) {
  const columns = Object.entries(made).map(([name, html]) => ({ name, parts: bytesByPart(html) }));
  return columns[0].parts.map(({ part }, i) => {
    const cells = columns.flatMap(({ name, parts }) => [
      [`${name}, KiB`, parts[i].bytes / KIB],
      [`${name}, gzip`, parts[i].gzip / KIB],
    ]);
    return { name: part, values: Object.fromEntries(cells) };
  });
}

async function checksOf(name, html) {
  const budgets = BUDGETS[name];
  const { file, gzip, charts } = pageBytes(html, true);
  const report = budgets.timingBytesPerSpan ? await reportIn(html) : null;
  const timing = report ? await timingBytes(report) : 0;
  const found = {
    file: ["file, KiB", file / KIB],
    gzip: ["file, gzip, KiB", gzip / KIB],
    charts: ["without tables and texts, KiB", (charts + timing) / KIB],
    timingBytesPerSpan: ["timing data, bytes a span", report && timing / report.spans.length],
  };
  return Object.entries(budgets).map(([key, most]) => {
    const [what, is] = found[key];
    return { name: `${name}: ${what}`, values: { report: is }, budget: { most } };
  });
}
