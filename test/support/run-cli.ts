import { spawn, spawnSync } from "node:child_process";
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

/** The program without any of its modules: as where better-sqlite3 could not be installed. */
export function runProgramAlone(): (args: readonly string[]) => CliRun {
  const copy = temporaryFolder();
  for (const part of ["dist", "templates", "package.json"])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  return (args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, "dist", "cli.js"), ...args], {
      cwd: copy,
      env: { PATH: process.env.PATH ?? "", HOME: copy },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return { exitCode: status, stdout, stderr };
  };
}

/** As `runCli`, while this process goes on: for programs that talk to a server of the test. */
export async function runCliBeside(args: readonly string[], env: Readonly<Record<string, string>>): Promise<CliRun> {
  const cwd = temporaryFolder();
  const child = spawn(process.execPath, [join(root, "dist", "cli.js"), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, ...env },
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  const exitCode = await new Promise<number | null>((done) => child.on("close", done));
  return { exitCode, ...said };
}
