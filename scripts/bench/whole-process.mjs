import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Runs a program to its end. Returns the milliseconds that it took and, on Linux, the most memory that it held, in MB.
 * Throws where it fails.
 */
export function wholeProcess([program, ...args], env = process.env) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    let peakMb = null;
    const look = () => {
      peakMb = peakOf(child.pid) ?? peakMb;
    };
    const looking = setInterval(look, 5);
    look();
    child.stderr.on("data", (text) => {
      said = (said + text).slice(-500);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const ms = Number(process.hrtime.bigint() - start) / 1e6;
      clearInterval(looking);
      if (code === 0) resolve({ ms, peakMb });
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}: ${said}`));
    });
  });
}

/** The system keeps the most that a process ever held. */
function peakOf(pid) {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
}
