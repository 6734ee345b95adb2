import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, test } from "vitest";
import { GROWTH } from "./expected.mjs";
import { timesInTurns } from "./in-turns.js";
import { cycleRuns, stageRuns } from "./stage-runs.js";

const { small, large, most } = GROWTH;
const STAGES = { warmUps: 10, rounds: { least: 2, most: 6 }, atOnce: { small: 5, large: 1 }, most };
/** Made of the stages, so its code is warm; and it takes long. */
const CYCLES = { warmUps: 0, rounds: { least: 1, most: 4 }, atOnce: { small: 3, large: 1 }, most };

const folder = mkdtempSync(join(tmpdir(), "sessionflame-growth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the stages are timed at two sizes", async () => {
  const stages = [await stageRuns(folder, small), await stageRuns(folder, large)] as const;
  const cycles = [cycleRuns(folder, small), cycleRuns(folder, large)] as const;
  // The program keeps the heap small from its first large session on: the stages are timed before that.
  const times = { ...(await timesInTurns(...stages, STAGES)), ...(await timesInTurns(...cycles, CYCLES)) };
  writeFileSync(process.env.SESSIONFLAME_BENCH_TIMES ?? join(folder, "times.json"), JSON.stringify(times));
});
