import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./fixtures.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Where {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built program as a process of its own, with an environment that holds nothing of this machine. */
export function runCli(args: readonly string[], { cwd = temporaryFolder(), env = {} }: Where = {}): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist", "cli.js"), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, ...env },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { exitCode: status, stdout, stderr };
}

/** As `runCli`, as a user without any rights, for tests that run as root. */
export function runCliAsNobody(args: readonly string[]): CliRun {
  // The checkout may lie where that user may not go.
  const copy = temporaryFolder();
  for (const part of [
    "dist",
    "templates",
    "package.json",
    "node_modules/better-sqlite3",
    "node_modules/bindings",
    "node_modules/file-uri-to-path",
  ])
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      filter: (path) => !/better-sqlite3\/(deps|src|build\/Release\/obj)/.test(path),
    });
  spawnSync("chmod", ["-R", "a+rX", copy]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, "dist", "cli.js"), ...args], {
    cwd: "/",
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent" },
    uid: 65_534,
    gid: 65_534,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { exitCode: status, stdout, stderr };
}
