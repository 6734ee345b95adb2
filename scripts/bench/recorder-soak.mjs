// Prints one JSON: what the recorder leaves in memory, as the plugin is built and OpenCode calls it. The sessions and the
// calls of each can be named: `node scripts/bench/recorder-soak.mjs 10000 100`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const [sessions = 10_000, calls = 100] = process.argv
  .slice(2)
  .filter((text) => /^\d+$/.test(text))
  .map(Number);
const { Sessionflame } = await import(pathToFileURL(new URL("../../dist/plugin.js", import.meta.url).pathname).href);
const data = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
process.env.XDG_DATA_HOME = data;
const options = { performance: { enabled: true } };
let calledHooks = 0;

/** The plugin's hooks, whose calls are counted. */
async function countedHooks() {
  const hooks = await Sessionflame({}, options);
  const counted = (hook) => (input, output) => {
    calledHooks++;
    return hook(input, output);
  };
  return Object.fromEntries(Object.entries(hooks).map(([name, hook]) => [name, counted(hook)]));
}

/** Half of the sessions are never deleted; of 20 tools one never ends. */
async function session(hooks, number) {
  const sessionID = `ses_${number}`;
  const event = (type, properties) => hooks.event({ event: { type, properties: { sessionID, ...properties } } });
  await event("session.status", { status: { type: "busy" } });
  for (let call = 0; call < calls; call++) await step(hooks, event, sessionID, number * calls + call);
  await event("session.status", { status: { type: "idle" } });
  if (number % 2 === 0) await event("session.deleted", { info: { id: sessionID } });
}

async function step(hooks, event, sessionID, call) {
  const id = `msg_${call}`;
  const tool = { tool: "read", sessionID, callID: `call_${call}` };
  const part = (type) => event("message.part.updated", { part: { type, messageID: id, sessionID } });
  await event("message.updated", { info: { id, role: "assistant", time: {} } });
  await hooks["chat.headers"]({ sessionID, agent: "build", model: { id: "m", providerID: "p" } });
  await part("step-start");
  await hooks["tool.execute.before"](tool, { args: { filePath: "/a" } });
  if (call % 20 !== 19) await hooks["tool.execute.after"](tool, { output: "text" });
  await part("step-finish");
  await event("message.updated", { info: { id, role: "assistant", time: { completed: 1 } } });
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const heapMb = async () => {
  for (let i = 0; i < 4; i++) {
    await new Promise((done) => setTimeout(done, 10));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed / 1024 / 1024;
};
const grownMb = async (run) => {
  const before = await heapMb();
  await run();
  return Math.round(((await heapMb()) - before) * 100) / 100;
};
const handles = () => process.getActiveResourcesInfo().length + process.listenerCount("exit");

try {
  for (let number = 0; number < 20; number++) await warmUp();
  await heapMb();
  const handlesBefore = handles();
  const hooks = await countedHooks();
  calledHooks = 0;
  const startedAt = performance.now();
  const runMb = await grownMb(async () => {
    for (let number = 0; number < sessions; number++) await session(hooks, number);
  });
  const usPerHook = ((performance.now() - startedAt) * 1000) / calledHooks;
  await hooks.dispose();
  const cyclesMb = await grownMb(async () => {
    for (let cycle = 0; cycle < 100; cycle++) await warmUp();
  });
  const figures = { sessions, calls, runMb, cyclesMb, openHandles: handles() - handlesBefore, usPerHook };
  console.log(JSON.stringify({ ...figures, usPerHook: Math.round(usPerHook * 10) / 10 }));
} finally {
  rmSync(data, { recursive: true, force: true });
}

async function warmUp() {
  const hooks = await countedHooks();
  for (let number = 0; number < 10; number++) await session(hooks, number);
  await hooks.dispose();
}
