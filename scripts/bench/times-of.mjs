import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a bench file of `timesInTurns` wrote down. In one thread: CPU time would have in it how helpers wait for each other. */
export function cpuTimesOf(file, env = {}) {
  return timesOf(file, env, ["--execArgv=--single-threaded"]);
}

/** What a bench file wrote down. It imports source files, so vitest runs it. `env`: what it is told. */
export function timesOf(file, env = {}, options = []) {
  const dir = mkdtempSync(join(tmpdir(), "sessionflame-bench-"));
  const path = join(dir, "times.json");
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.bench.config.ts", file, ...options];
  const told = { ...process.env, ...env, SESSIONFLAME_BENCH_TIMES: path };
  try {
    execFileSync(process.execPath, args, { env: told, stdio: "pipe" });
    return JSON.parse(readFileSync(path, "utf8"));
  } finally {
    rmSync(dir, { recursive: true });
  }
}
