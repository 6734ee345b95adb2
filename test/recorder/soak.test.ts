import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOAK = fileURLToPath(new URL("../../scripts/bench/recorder-soak.mjs", import.meta.url));
/** Enough sessions that one KB of each would show; `npm run bench -- recorder` has 10,000 of 100 calls. */
const [SESSIONS, CALLS] = ["12000", "2"];

test("sessions that are never deleted and tools that never end leave next to nothing in memory", () => {
  const figures = JSON.parse(execFileSync(process.execPath, [SOAK, SESSIONS, CALLS], { encoding: "utf8" }));
  expect(figures.runMb).toBeLessThan(3); // over 5 where no session is forgotten
  expect(figures.cyclesMb).toBeLessThan(1);
  expect(figures.openHandles).toBe(0);
});
