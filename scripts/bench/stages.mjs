// What each stage costs at several sizes, and whether the cost grows as the size does. The stages are source files, so
// vitest runs them; tinybench times them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linearRegression, linearRegressionLine, rSquared } from "simple-statistics";
import { BUDGET_MS, EXPECTED_MS } from "./expected.mjs";
import { keep, statistics, statisticsTable } from "./statistics.mjs";

const WORDS = { cycle: "report → extract → report --from" };
/** Ten times the messages cost at most so many times as much: linear is ten, and what is fixed makes it less. */
const MOST_GROWTH = 14;
const [FROM, TO] = [500, 5_000];

const times = stageTimes();
const stages = Object.keys(times[FROM]);
const rows = stages.flatMap((stage) =>
  Object.entries(times).map(([messages, byStage]) => ({
    what: `${WORDS[stage] ?? stage}, ${Number(messages).toLocaleString("en-US")} messages`,
    ...statistics(byStage[stage]),
    expected: expected(stage, Number(messages)),
  })),
);
console.log(`\n${statisticsTable(rows)}\n`);
for (const stage of stages) console.log(fitLine(stage));
keep("stages", rows, stages.map(growth));

/** Milliseconds by messages and stage. */
function stageTimes() {
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
  const path = join(dir, "times.json");
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.bench.config.ts"];
  try {
    execFileSync(process.execPath, args, { env: { ...process.env, SESSIONFLAME_BENCH_TIMES: path }, stdio: "pipe" });
    return JSON.parse(readFileSync(path, "utf8"));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function expected(stage, messages) {
  const [usual, most] = [EXPECTED_MS[stage]?.[messages], BUDGET_MS[stage]?.[messages]];
  if (most !== undefined) return `p95 < ${most}`;
  return usual === undefined ? "" : `≤ ${usual}`;
}

/** Medians against messages: a straight line through all sizes, and how well it fits. */
function fitLine(stage) {
  const points = Object.entries(times).map(([messages, byStage]) => [Number(messages), medianMs(byStage[stage])]);
  const line = linearRegression(points);
  const fit = rSquared(points, linearRegressionLine(line));
  const name = (WORDS[stage] ?? stage).padEnd(34);
  return `${name} ${line.b.toFixed(1)} ms + ${(line.m * 1000).toFixed(0)} ms per 1,000 messages, R² ${fit.toFixed(3)}`;
}

function growth(stage) {
  const is = medianMs(times[TO][stage]) / medianMs(times[FROM][stage]);
  return { what: `${WORDS[stage] ?? stage}: ${TO} messages / ${FROM}, median`, is, most: MOST_GROWTH };
}

function medianMs(samples) {
  return statistics(samples).median;
}
