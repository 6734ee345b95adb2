import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bench, type Options } from "tinybench";
import { afterAll, test } from "vitest";
import { SIZES } from "./expected.mjs";
import { cycleRuns, type Runs, stageRuns } from "./stage-runs.js";

/** As often as half a second allows, and at least so often. */
const OPTIONS = { time: 500, iterations: 12, warmupTime: 0, warmupIterations: 2, throws: true };
const CYCLE_OPTIONS = { ...OPTIONS, iterations: 7, warmupIterations: 1 };

const folder = mkdtempSync(join(tmpdir(), "sessionflame-stages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Times = Record<string, readonly number[]>;

/** The milliseconds of each run, by stage. */
async function timesOf(runs: Runs, options: Options): Promise<Times> {
  const bench = new Bench(options);
  for (const [name, run] of Object.entries(runs)) bench.add(name, run);
  return Object.fromEntries((await bench.run()).map(({ name, result }) => [name, result?.samples ?? []]));
}

test("the stages are timed at every size", async () => {
  const times: Record<string, Times> = {};
  for (const messages of SIZES) times[messages] = await timesOf(await stageRuns(folder, messages), OPTIONS);
  // The program keeps the heap small from its first large session on: the stages are timed before that.
  for (const messages of SIZES)
    times[messages] = { ...times[messages], ...(await timesOf(cycleRuns(folder, messages), CYCLE_OPTIONS)) };
  writeFileSync(process.env.SESSIONFLAME_BENCH_TIMES ?? join(folder, "times.json"), JSON.stringify(times));
});
