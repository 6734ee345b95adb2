// What a page of several sessions costs in the browser: how long until the Overview of another session is painted, and
// what stays in memory. A size beyond its budget ends with exit code 1, a time never does.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hasChromium, launchChromium } from "../chromium.mjs";
import { sessionOfMessages } from "./big-session.mjs";
import { databaseOf } from "./grown-database.mjs";
import { keep, statistics, statisticsTable } from "./statistics.mjs";
import { switchTimes } from "./switches.mjs";

const SWITCHES = 100;
const CYCLES = 100;
/** By what is measured: so many sessions of so many messages; what is expected at p95. */
const PAGES = {
  "10 empty sessions": { sessions: 10, messages: 0, expectedMs: 5 },
  "10 sessions of 10 messages": { sessions: 10, messages: 10, expectedMs: 10 },
  "10 sessions of 50 messages": { sessions: 10, messages: 50, expectedMs: 30 },
  "10 sessions of 500 messages": { sessions: 10, messages: 500, expectedMs: 20 },
  "10 sessions of 1,000 messages": { sessions: 10, messages: 1_000 },
};
const MOST_HEAP_MB = 100;
const MOST_LEAK_MB = 1;
/** Memory is weighed where the sessions are empty, and where they are largest. */
const WEIGHED = ["10 empty sessions", "10 sessions of 1,000 messages"];

if (hasChromium) await measureSessionPages();
else console.log("No Chromium here: the page of several sessions was not measured.");

async function measureSessionPages() {
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
  const browser = await launchChromium();
  const [rows, checks] = [[], []];
  try {
    for (const [name, { sessions, messages, expectedMs }] of Object.entries(PAGES)) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(collectionPage(dir, sessions, messages), { timeout: 120_000 });
      if (WEIGHED.includes(name)) checks.push(...(await weighed(page, name)));
      const expected = expectedMs === undefined ? "p95 ≤ 50" : `≤ ${expectedMs} (p95 ≤ 50)`;
      rows.push({ what: name, ...statistics(await page.evaluate(switchTimes, SWITCHES)), expected });
      await page.close();
    }
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true });
  }
  console.log(`\nFrom one session to another until its Overview is painted, ${SWITCHES} times\n`);
  console.log(`${statisticsTable(rows)}\n`);
  keep("sessions-page", rows, checks);
}

function collectionPage(dir, sessions, messages) {
  const [database, page] = [`${sessions}-${messages}.db`, `${sessions}-${messages}.html`].map((name) =>
    join(dir, name),
  );
  databaseOf(
    database,
    Array.from({ length: sessions }, (_, i) => sessionOfMessages(messages, i + 1)),
  );
  const args = ["dist/cli.js", "report", "--all", "--db", database, "--no-local", "--quiet", "--allow-large"];
  const { status, stderr } = spawnSync(process.execPath, [...args, "-o", page], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return pathToFileURL(page).href;
}

/** The heap after each session was looked at once; after all were left; and what so many more openings leave behind. */
async function weighed(page, name) {
  const devtools = await page.context().newCDPSession(page);
  const heapMb = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    return usedSize / 2 ** 20;
  };
  await page.evaluate(switchTimes, 10);
  const open = await heapMb();
  await page.evaluate(switchTimes, 0); // back to the index
  const left = await heapMb();
  await page.evaluate(switchTimes, CYCLES);
  await page.evaluate(switchTimes, 0);
  const leak = (await heapMb()) - left;
  return [
    { what: `${name}: heap with one open, MB`, is: open, most: MOST_HEAP_MB },
    { what: `${name}: heap after it was left, MB`, is: left, most: MOST_HEAP_MB },
    { what: `${name}: more after ${CYCLES} openings, MB`, is: Math.max(0, leak), most: MOST_LEAK_MB },
  ];
}
