// Prints one JSON: the µs that the built plugin adds to each of what OpenCode tells it, over hooks that do nothing, and
// the bytes that a tool call takes in a recording. Files are written as in a session. Runs under Node and under Bun.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOOPS } from "./recorder-loops.mjs";

const ROUNDS = 11;
const TIMES = 5_000;
const { Sessionflame } = await import(new URL("../../dist/plugin.js", import.meta.url).href);
const data = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
process.env.XDG_DATA_HOME = data;

const plugin = () => Sessionflame({}, { performance: { enabled: true } });
const names = Object.keys(await plugin());
const nothing = () => Object.fromEntries(names.map((name) => [name, async () => {}]));

try {
  const added = Object.fromEntries(Object.keys(LOOPS).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, [name, loop]] of Object.entries(LOOPS).entries()) {
      const us = await addedUs(loop, `ses_${round + 1}_${i}`, round % 2 === 0);
      if (round >= 0) added[name].push(us); // the first warms up
    }
  }
  const us = Object.fromEntries(Object.entries(added).map(([name, values]) => [name, median(values)]));
  const { size } = statSync(join(data, "opencode", "sessionflame", "ses_1_0.jsonl"));
  console.log(JSON.stringify({ us, bytesACall: Math.round(size / TIMES) }));
} finally {
  rmSync(data, { recursive: true, force: true });
}

/** Both run right after each other, either one first. */
async function addedUs(loop, sessionID, isPluginFirst) {
  const us = {};
  for (const made of isPluginFirst ? [plugin, nothing] : [nothing, plugin])
    us[made.name] = await usOf(await made(), loop, sessionID);
  return us.plugin - us.nothing;
}

/** What waits to be written is written at the end, and counts. */
async function usOf(hooks, { opened, again, units = 1 }, sessionID) {
  await opened(hooks, sessionID);
  const startedAt = performance.now();
  for (let number = 0; number < TIMES; number++) await again(hooks, sessionID, number);
  await hooks.dispose();
  return ((performance.now() - startedAt) * 1000) / TIMES / units;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
