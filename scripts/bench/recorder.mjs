// What the recorder costs the agent whose plugin it is: time a tool call and an event, start, bytes, and what it leaves
// in memory. OpenCode runs on Bun: `-- recorder --bun PATH` names one, else the one on the PATH is taken, if there is one.
// What is left in memory beyond its goal ends with exit code 1, a time never does.
import { spawnSync } from "node:child_process";

const STARTS = 15;
const FIRST_CALLS = 20;
const SESSIONS = 10_000;
const CALLS = 100;
const runtimes = [{ name: `Node ${process.versions.node}`, path: process.execPath }, ...bun()];

for (const { name, path } of runtimes) {
  const { us, bytesACall } = printed(path, "recorder-overhead.mjs");
  const { empty, absent, enabled } = starts(path);
  console.log(`\nThe recorder under ${name}: what it adds to hooks that do nothing, and to a module that is empty\n`);
  table([
    { what: "a tool call (2 hooks, 3 events), µs", is: us.toolCall, goal: 50 },
    { what: `one of the first ${FIRST_CALLS} of a process, files made, µs`, is: enabled.us - empty.us },
    { what: "an event that is looked at, µs", is: us.event, goal: 10 },
    { what: "an event for each word of an answer, µs", is: us.word, goal: 10 },
    { what: "an event that does not matter, µs", is: us.otherEvent, goal: 10 },
    { what: "a model call (hooks of its prompt, 12 tools), µs", is: us.modelCall },
    { what: "start, enabled, ms", is: enabled.ms - empty.ms },
    { what: "start, not enabled: no hooks, ms", is: absent.ms - empty.ms },
    { what: "a tool call in the recording, bytes", is: bytesACall },
  ]);
}
if (runtimes.length === 1) console.log("No Bun here, which OpenCode runs on: name one with --bun PATH.");

const left = printed(process.execPath, "recorder-soak.mjs", SESSIONS, CALLS);
const [sessions, calls] = [SESSIONS, CALLS].map((count) => count.toLocaleString("en-US"));
console.log(
  `\nWhat ${sessions} sessions of ${calls} calls leave, half of them never deleted, and of 20 tools one never ending\n`,
);
const kept = [
  { what: "in the heap while it goes on, MB", is: left.runMb, goal: 5 },
  { what: "in the heap after 100 starts and ends of the plugin, MB", is: left.cyclesMb, goal: 1 },
  { what: "timers, files and listeners", is: left.openHandles, goal: 0 },
];
table(kept);
if (!kept.every(({ is, goal }) => is <= goal)) process.exitCode = 1;

/** The middle of fresh processes, of each kind in turn: to be loaded and called, and what the first calls take. */
function starts(runtime) {
  const runs = { empty: [], absent: [], enabled: [] };
  for (let run = 0; run < STARTS; run++)
    for (const [kind, seen] of Object.entries(runs))
      seen.push(printed(runtime, "recorder-start.mjs", kind, FIRST_CALLS));
  const middle = (seen, field) => seen.map((run) => run[field]).sort((a, b) => a - b)[STARTS >> 1];
  const middles = (seen) => ({ ms: middle(seen, "startMs"), us: middle(seen, "firstCallUs") });
  return Object.fromEntries(Object.entries(runs).map(([kind, seen]) => [kind, middles(seen)]));
}

function bun() {
  const isNamed = process.argv.includes("--bun");
  const path = isNamed ? (process.argv[process.argv.indexOf("--bun") + 1] ?? "") : "bun";
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  if (status === 0) return [{ name: `Bun ${stdout.trim()}`, path }];
  if (isNamed) throw new Error(`--bun: cannot be run: ${path}`);
  return [];
}

/** The JSON that a script of this folder prints. */
function printed(runtime, script, ...args) {
  const path = new URL(script, import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(runtime, [path, ...args.map(String)], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return JSON.parse(stdout);
}

function table(rows) {
  const verdict = ({ is, goal }) => (goal === undefined ? "" : is <= goal ? "within" : "OVER");
  const shown = ({ what, is, goal }) => ({ what, is: Math.round(is * 100) / 100, goal: goal ?? "" });
  console.table(rows.map((row) => ({ ...shown(row), verdict: verdict(row) })));
}
