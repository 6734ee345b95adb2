import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, test } from "vitest";
import { ONE_OF_MANY } from "./expected.mjs";
import { timesInTurns } from "./in-turns.js";
import { type Runs, sessionIn, succeeds } from "./stage-runs.js";

/** The databases and the session that stands in both: `database.mjs` made them. */
const { small, large, id } = JSON.parse(process.env.SESSIONFLAME_BENCH_DATABASES ?? "{}");

const folder = mkdtempSync(join(tmpdir(), "sessionflame-one-of-many-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `load` shows what a query reads in vain, `report` how the session is found too. */
function runsOn(database: string): Runs {
  const page = join(folder, "report.html");
  return {
    load: () => sessionIn(database, id),
    report: () => succeeds(folder, "report", id, "--db", database, "--no-local", "--quiet", "-o", page),
  };
}

test("a session is read and reported among few others and among many", async () => {
  const rounds = { least: 3, most: 12 };
  const turns = { warmUps: 20, rounds, atOnce: { small: 10, large: 10 }, most: ONE_OF_MANY.most };
  const times = await timesInTurns(runsOn(small), runsOn(large), turns);
  writeFileSync(process.env.SESSIONFLAME_BENCH_TIMES ?? join(folder, "times.json"), JSON.stringify(times));
});
