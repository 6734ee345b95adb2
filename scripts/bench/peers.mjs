// Programs that read the same database, from npm, installed once for this machine into its folder for temporary files.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PEERS = {
  opencode: { package: "opencode-linux-x64", version: "1.18.34", program: "opencode-linux-x64/bin/opencode" },
  ccusage: {
    ...{ package: "@ccusage/ccusage-linux-x64", version: "20.0.24" },
    program: "@ccusage/ccusage-linux-x64/bin/ccusage",
  },
};

/** The path of a peer's program; null where it cannot be had. */
export function peer(name) {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const { package: id, version, program } = PEERS[name];
  const folder = join(tmpdir(), `${name}-releases`, version);
  const path = join(folder, "node_modules", program);
  try {
    if (!existsSync(path)) installed(folder, `${id}@${version}`);
    chmodSync(path, 0o755); // a launcher would do it
    return path;
  } catch {
    return null;
  }
}

function installed(folder, spec) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  execFileSync("npm", ["install", "--no-audit", "--no-fund", spec], { cwd: folder, stdio: "ignore" });
}
