import { appendFileSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { holdsSessions } from "../load/index.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { Bytes } from "../model/units.js";
import { formatBytes } from "../report/format.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

const VARIABLE = "GITHUB_STEP_SUMMARY";
/** GitHub drops the whole summary of a step that has more. */
const MOST_BYTES: Bytes = 1_024 * 1_024;

/** The file that holds the summary of the CI step that runs. */
export function stepSummaryPath({ env, cwd }: Context): string {
  const path = env[VARIABLE];
  if (path) return resolve(cwd, path);
  throw new Failure(
    EXIT.usage,
    `--step-summary: $${VARIABLE} is not set`,
    "GitHub Actions sets it in every step; elsewhere leave the option out, or write a file with --format markdown -o FILE.",
  );
}

/** Adds to what the file holds, on a line of its own. What would make it too large is not added, and that is said. */
export async function appendStepSummary(markdown: string, path: string, say: Context["stderr"]): Promise<void> {
  if (await holdsSessions(path))
    throw new Failure(
      EXIT.unwritable,
      visibleLine(`will not write to session data: ${path}`),
      `Set $${VARIABLE} anew.`,
    );
  try {
    // What a pipe or a device holds cannot be asked for.
    const before = statIfThere(path)?.isFile() ? readFileSync(path) : Buffer.alloc(0);
    const added = separator(before) + markdown;
    const bytes = before.length + Buffer.byteLength(added);
    if (bytes <= MOST_BYTES) appendFileSync(path, added);
    else say(`The step's summary would hold ${formatBytes(bytes)}, more than GitHub takes: nothing was added to it.\n`);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Failure(
      EXIT.unwritable,
      visibleLine(`cannot write ${path}: ${reason}`),
      `$${VARIABLE} must name a file that can be written to.`,
      { cause: error },
    );
  }
}

/** An empty line, so that what stood there before ends. */
function separator(before: Buffer): string {
  if (before.length === 0) return "";
  return before.at(-1) === "\n".charCodeAt(0) ? "\n" : "\n\n";
}
