import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The oldest line that we support, and those after it that are maintained for long. */
export const NODES = ["20.20.2", "22.23.3", "24.21.0"] as const;

/** Installs a release of Node into the temporary folder, once for this machine. Returns the path of its program. */
export function installedNode(version: string): string {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(tmpdir(), "sessionflame-nodes", version);
  const path = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"private":true}');
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${version}`];
    execFileSync("npm", args, { cwd: folder, stdio: "ignore" });
  }
  return path;
}
