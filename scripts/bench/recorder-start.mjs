// Prints one JSON: the ms that a plugin takes to be loaded and called, in this process, and the µs that each of its first
// tool calls takes. `node scripts/bench/recorder-start.mjs empty|absent|enabled 20`: a module that does nothing, the
// built plugin without options, or enabled; and how many are the first.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LOOPS } from "./recorder-loops.mjs";

const [kind, firstCalls] = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
process.env.XDG_DATA_HOME = data;
const empty = join(data, "empty.mjs");
writeFileSync(empty, "export const Sessionflame = async () => ({});\n");
const { href } = kind === "empty" ? pathToFileURL(empty) : new URL("../../dist/plugin.js", import.meta.url);
const { opened, again } = LOOPS.toolCall;

try {
  const startedAt = performance.now();
  const { Sessionflame } = await import(href);
  const hooks = await Sessionflame({}, kind === "enabled" ? { performance: { enabled: true } } : undefined);
  const startMs = performance.now() - startedAt;
  if (kind === "absent" && Object.keys(hooks).length > 0) throw new Error("it has hooks without being enabled");
  console.log(JSON.stringify({ startMs, firstCallUs: await firstCallUs(hooks) }));
} finally {
  rmSync(data, { recursive: true, force: true });
}

/** Hooks that are not there do nothing, as where a plugin is told nothing. */
async function firstCallUs(hooks) {
  const all = new Proxy(hooks, { get: (own, name) => own[name] ?? (async () => {}) });
  await opened(all, "ses_first");
  const startedAt = performance.now();
  for (let number = 0; number < Number(firstCalls); number++) await again(all, "ses_first", number);
  await all.dispose();
  return ((performance.now() - startedAt) * 1000) / Number(firstCalls);
}
