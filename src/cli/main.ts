#!/usr/bin/env node
import { EXIT, Failure } from "./failure.js";
import { exitCodeOf, run } from "./program.js";

const args = process.argv.slice(2);
const context = {
  cwd: process.cwd(),
  env: process.env,
  now: Date.now,
  stdin: () => process.stdin,
  stdout: (text: string) => process.stdout.write(text),
  stderr: (text: string) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
};

// A reader that closes early (`| head`) has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  const failure = new Failure(
    EXIT.unwritable,
    `cannot write to standard output: ${error.code}`,
    "Name a file with -o FILE.",
  );
  process.exitCode = exitCodeOf(failure, args, context);
});
process.stderr.on("error", () => {}); // There is nowhere left to say it.

const exitCode = await run(args, context);
process.exitCode ??= exitCode;
