// What each stage costs at several sizes, and whether the cost grows as the size does. The stages are source files, so
// vitest runs them; tinybench times them.
import { linearRegression, linearRegressionLine, rSquared } from "simple-statistics";
import { BUDGET_MS, EXPECTED_MS, GROWTH, STAGE_WORDS } from "./expected.mjs";
import { keep, leastRatio, statistics, statisticsTable } from "./statistics.mjs";
import { timesOf } from "./times-of.mjs";

/** Milliseconds by messages and stage. */
const times = timesOf("stages.bench.ts");
const stages = Object.keys(times[GROWTH.small]);
const rows = stages.flatMap((stage) =>
  Object.entries(times).map(([messages, byStage]) => ({
    what: `${STAGE_WORDS[stage] ?? stage}, ${Number(messages).toLocaleString("en-US")} messages`,
    ...statistics(byStage[stage]),
    expected: expected(stage, Number(messages)),
  })),
);
console.log(`\n${statisticsTable(rows)}\n`);
for (const stage of stages) console.log(fitLine(stage));
keep("stages", rows, stages.map(growth));

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
  const name = (STAGE_WORDS[stage] ?? stage).padEnd(34);
  return `${name} ${line.b.toFixed(1)} ms + ${(line.m * 1000).toFixed(0)} ms per 1,000 messages, R² ${fit.toFixed(3)}`;
}

function growth(stage) {
  const { small, large, most } = GROWTH;
  const is = leastRatio({ small: times[small][stage], large: times[large][stage] });
  return { what: `${STAGE_WORDS[stage] ?? stage}: ${large} messages / ${small}, least`, is, most };
}

function medianMs(samples) {
  return statistics(samples).median;
}
