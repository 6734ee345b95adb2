import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../../src/cli/context.js";
import { run } from "../../src/cli/program.js";
import { temporaryFolder } from "./fixtures.js";

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly cwd: string;
}

/** Runs one command line in this process, in an empty folder, on New Year's Day of 2027. */
export async function sessionflame(args: readonly string[], context: Partial<Context> = {}): Promise<Run> {
  const cwd = context.cwd ?? temporaryFolder();
  let stdout = "";
  let stderr = "";
  const exitCode = await run(args, {
    cwd,
    env: { OPENCODE_TEST_HOME: cwd },
    now: () => Date.UTC(2027, 0, 1),
    stdin: async function* () {},
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    ...context,
  });
  return { exitCode, stdout, stderr, cwd };
}

/** What a run that goes well prints. */
export async function printed(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await sessionflame([...args, "-o", "-"]);
  if (exitCode !== 0 || stderr !== "") throw new Error(`${args.join(" ")}: ${exitCode} ${stderr}`);
  return stdout;
}

/** A file of that content, gone when the test is over. */
export function fileOf(content: string | Buffer): string {
  const path = join(temporaryFolder(), "report");
  writeFileSync(path, content);
  return path;
}
