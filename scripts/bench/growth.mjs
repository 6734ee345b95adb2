// `npm run bench -- stages --quick`: whether the cost of each stage grows as the size does, by CPU time at two sizes. A
// growth beyond its budget ends with exit code 1.
import { GROWTH, STAGE_WORDS } from "./expected.mjs";
import { keep, leastRatio, statisticsTable } from "./statistics.mjs";
import { cpuTimesOf } from "./times-of.mjs";

const measured = Object.entries(cpuTimesOf("growth.bench.ts")).map(([stage, times]) => ({
  stage: STAGE_WORDS[stage] ?? stage,
  times,
}));
const rows = measured.flatMap(({ stage, times }) =>
  Object.entries(times).map(([size, ms]) => ({
    what: `${stage}, ${GROWTH[size].toLocaleString("en-US")} messages`,
    n: ms.length,
    leastCpuMs: Math.min(...ms),
  })),
);
const checks = measured.map(({ stage, times }) => ({
  what: `${stage}: ${GROWTH.large} messages / ${GROWTH.small}, least CPU time`,
  is: leastRatio(times),
  most: GROWTH.most,
}));
console.log("\nStages at two sizes in turns; more rounds where the budget is not kept\n");
console.log(`${statisticsTable(rows)}\n`);
keep("growth", rows, checks);
