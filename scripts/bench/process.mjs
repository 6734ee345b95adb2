// What a report costs: time and memory of the whole process beside an empty node, and the page's bytes by part.
// A ratio or a size beyond its budget ends with exit code 1, a time never does.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { makeStorageTree } from "../storage-tree.mjs";
import { bytesByPart, pageBytes } from "./bytes.mjs";
import { emptyPage } from "./made-page.mjs";

const RUNS = 21;
const dir = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
const page = join(dir, "report.html");
const recorded = "test/fixtures/opencode/1.1.65/debug-auth/storage";
const tree = join(dir, "storage");
const files = makeStorageTree(recorded, tree, 20_000);
const storedId = "ses_e066372a1ffepwd2pcOErUBTuz";
const commands = {
  "node -e 0": ["-e", "0"],
  "sessionflame report debug-auth": ["dist/cli.js", "report", "examples/debug-auth.db", "-o", page, "--quiet"],
  "report of 2.0 debug-auth": [
    "dist/cli.js",
    "report",
    "test/fixtures/opencode/2.0-preview/debug-auth/opencode.db",
    "-o",
    "-",
    "--quiet",
  ],
  "report of an export": [
    "dist/cli.js",
    "report",
    "test/fixtures/opencode/1.18.34/debug-auth/export.json",
    "-o",
    "-",
    "--quiet",
  ],
  "report of a storage folder, alone": ["dist/cli.js", "report", storedId, "--db", recorded, "-o", "-", "--quiet"],
  [`the same among ${files} files`]: ["dist/cli.js", "report", storedId, "--db", tree, "-o", "-", "--quiet"],
  [`list of ${files} files`]: ["dist/cli.js", "list", "--db", tree, "--quiet"],
};

console.log(`node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${RUNS} interleaved runs\n`);
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let run = 0; run <= RUNS; run++) {
  for (const [name, args] of Object.entries(commands)) {
    const ms = timed(args);
    if (run > 0) times[name].push(ms); // the first fills the caches
  }
}
const rows = Object.entries(commands).map(([name, args]) => {
  const sorted = times[name].sort((a, b) => a - b);
  return {
    command: name,
    "median ms": at(sorted, 0.5),
    "p95 ms": at(sorted, 0.95),
    "max ms": at(sorted, 1),
    "peak MB": peakMegabytes(args),
  };
});
console.table(rows);

const [node, report, , , alone, among] = rows;
const ratio = report["median ms"] / node["median ms"];
console.table(bytesByPart(readFileSync(page, "utf8")));
const empty = pageBytes(emptyPage(), true);
const checks = [
  { what: "report of debug-auth / empty node, median", is: Math.round(ratio * 100) / 100, budget: 4 },
  {
    what: `report of one session among ${files} files / alone, median`,
    is: Math.round((among["median ms"] / alone["median ms"]) * 100) / 100,
    budget: 1.5,
  },
  { what: "page of a session without messages, bytes", is: empty.file, budget: 64 * 1024 },
  { what: "page of a session without messages, gzip", is: empty.gzip, budget: 22 * 1024 },
];
console.table(checks.map((check) => ({ ...check, verdict: check.is <= check.budget ? "within" : "OVER" })));
rmSync(dir, { recursive: true });
if (!checks.every(({ is, budget }) => is <= budget)) process.exitCode = 1;

function timed(args) {
  const start = process.hrtime.bigint();
  run(args);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Apart from the timed runs: the hook that asks for the peak costs time itself. */
function peakMegabytes(args) {
  const hook = "data:text/javascript,process.on('exit',()=>process._rawDebug('peak '+process.resourceUsage().maxRSS))";
  const { stderr } = run(["--import", hook, ...args]);
  return Math.round(Number(/peak (\d+)/.exec(stderr)?.[1]) / 102.4) / 10;
}

function run(args) {
  const result = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${args.join(" ")}: ${result.stderr}`);
  return result;
}

function at(sorted, share) {
  return Math.round(sorted[Math.ceil(share * (sorted.length - 1))] * 10) / 10;
}
