// What a year's database costs: lists and reports of it, whole processes, side by side with other programs that read it.
// A ratio or a size beyond its budget ends with exit code 1, a time never does. `--quick`: our memory, and whether a
// session costs more for what else is in the database.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ONE_OF_MANY } from "./expected.mjs";
import { grownDatabase } from "./grown-database.mjs";
import { peer } from "./peers.mjs";
import { keep, leastRatio, statistics, statisticsTable } from "./statistics.mjs";
import { cpuTimesOf } from "./times-of.mjs";
import { wholeProcess } from "./whole-process.mjs";

const SESSIONS = 3_000;
const isQuick = process.argv.includes("--quick");
const ROUNDS = isQuick ? 0 : 7;
const dir = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));

try {
  await measureDatabase();
} finally {
  rmSync(dir, { recursive: true });
}

async function measureDatabase() {
  const [large, small] = [SESSIONS, SESSIONS / 10].map((sessions) => grown(join(dir, String(sessions)), sessions));
  const runs = runsOf(large, small);
  const measured = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, { command, env, isLong }] of Object.entries(runs)) {
      if (round > 0 && isLong) continue;
      const found = await wholeProcess(command, env);
      if (round > 0 || isLong || isQuick) measured[name].push(found); // the first fills the caches
    }
  }
  const rows = Object.entries(measured).map(([what, found]) => ({
    what,
    ...statistics(found.map(({ ms }) => ms)),
    peakMb: Math.max(...found.map(({ peakMb }) => peakMb ?? 0)) || null,
  }));
  console.log(
    `\nA database of ${SESSIONS} sessions, ${megabytes(large.path)} MB; ${ROUNDS || 1} interleaved runs, one of the longest\n`,
  );
  console.log(`${statisticsTable(rows)}\n`);
  const checks = checksOf(Object.fromEntries(rows.map((row) => [row.what, row])));
  keep(isQuick ? "memory" : "database", rows, [...oneOfMany(large, small), ...checks]);
}

/** A home with the database where OpenCode has it. */
function grown(home, sessions) {
  const folder = join(home, ".local", "share", "opencode");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "opencode.db");
  return { home, path, ...grownDatabase(path, sessions) };
}

/** Every command that can be run here, by what it is called in the table. */
function runsOf(large, small) {
  const ours = (...args) => ({ command: [process.execPath, "dist/cli.js", ...args, "--quiet"] });
  const page = join(dir, "report.html");
  const all = ours("report", "--all", "--db", large.path, "--no-local", "-o", page);
  const report = ({ path }, id) => ours("report", id, "--db", path, "--no-local", "-o", page);
  return {
    "node -e 0": { command: [process.execPath, "-e", "0"] },
    "sessionflame list": ours("list", "--db", large.path),
    "sessionflame stats": ours("stats", "--db", large.path),
    "sessionflame report, the long session": report(large, large.giant),
    ...(isQuick ? {} : { "the same, a tenth of the database": report(small, small.giant) }),
    "sessionflame report, a short session": report(large, large.short),
    ...(isQuick ? {} : { "the same short one, a tenth of the database": report(small, small.short) }),
    ...(isQuick ? {} : { "sessionflame report --all": { ...all, isLong: true }, ...peerRuns(large) }),
  };
}

/** OpenCode brings a database up to date when it opens it: it has one of its own. */
function peerRuns({ home, path, giant }) {
  const [opencode, ccusage] = [peer("opencode"), peer("ccusage")];
  const own = join(dir, "opencode-home");
  const place = join(own, ".local", "share", "opencode");
  mkdirSync(place, { recursive: true });
  copyFileSync(path, join(place, "opencode.db"));
  const isolated = (at) => ({
    ...{ PATH: process.env.PATH, HOME: at, OPENCODE_DISABLE_AUTOUPDATE: "1", OPENCODE_DISABLE_MODELS_FETCH: "1" },
    ...{ XDG_DATA_HOME: join(at, ".local", "share"), XDG_CONFIG_HOME: join(at, ".config") },
    ...{ XDG_CACHE_HOME: join(at, ".cache"), XDG_STATE_HOME: join(at, ".local", "state") },
  });
  const scan = ["sqlite3", path, "SELECT sum(length(data)) FROM part; SELECT sum(length(data)) FROM message;"];
  return {
    ...(spawnSync("sqlite3", ["--version"]).status === 0 ? { "sqlite3, reading all rows": { command: scan } } : {}),
    ...(ccusage && {
      "ccusage, totals by session": {
        command: [ccusage, "opencode", "session", "--offline", "--json"],
        env: isolated(home),
      },
    }),
    ...(opencode && {
      "opencode stats": { command: [opencode, "stats"], env: isolated(own) },
      "opencode export, the long session": { command: [opencode, "export", giant], env: isolated(own) },
    }),
  };
}

/** Each is a share of another figure of the same run, or a size. */
function checksOf(rows) {
  const ratio = (what, a, b, most, figure = "median") =>
    rows[a]?.[figure] && rows[b]?.[figure] ? [{ what, is: rows[a][figure] / rows[b][figure], most }] : [];
  const long = "sessionflame report, the long session";
  const exported = "opencode export, the long session";
  return [
    ...ratio("list / ccusage's totals", "sessionflame list", "ccusage, totals by session", 1),
    ...ratio("report of the long session / opencode export of it", long, exported, 1),
    ...ratio("the same, peak memory", long, exported, 1 / 3, "peakMb"),
    ...ratio("report of the long session among ten times as many", long, "the same, a tenth of the database", 1.15),
    ...Object.entries(rows)
      .filter(([what, { peakMb }]) => /^sessionflame/.test(what) && peakMb !== null)
      .map(([what, { peakMb }]) => ({ what: `${what}, peak MB`, is: peakMb, most: 250 })),
  ];
}

/** A short session among ten times as many others, by CPU time in one process. */
function oneOfMany(large, small) {
  const databases = { small: small.path, large: large.path, id: large.short };
  const times = cpuTimesOf("one-of-many.bench.ts", { SESSIONFLAME_BENCH_DATABASES: JSON.stringify(databases) });
  return Object.entries(times).map(([stage, byStage]) => ({
    what: `${stage} of a short session among ten times as many, least CPU time`,
    is: leastRatio(byStage),
    ...ONE_OF_MANY,
  }));
}

function megabytes(path) {
  return Math.round(statSync(path).size / 1e6);
}
