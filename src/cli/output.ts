import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { holdsSessions } from "../load/index.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { ReportSession } from "../model/report.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { isSameFile } from "./is-same-file.js";
import { type Content, replaceFile, writeContent } from "./replace-file.js";

/**
 * Writes a file beside its place and renames it, so that nothing is ever left half-written. Returns the path.
 * What is no file (a pipe, a device) is written into. Refuses what holds sessions: the user's data is never written to;
 * and each of `inputs`, what the command was given to read: a report that was kept may be all that is left of a session.
 */
export async function writeOutput(
  content: Content,
  target: string,
  defaultName: string,
  { cwd }: Context,
  inputs: readonly (string | undefined)[],
): Promise<string> {
  const path = outputPath(resolve(cwd, target), /[/\\]$/.test(target), defaultName);
  if (await holdsSessions(path))
    throw unwritable(`will not overwrite session data: ${path}`, "Name another file with -o FILE.");
  if (inputs.some((input) => input !== undefined && isSameFile(path, resolve(cwd, input))))
    throw unwritable(`will not overwrite what is read: ${path}`, "Name another file with -o FILE.");
  const found = statIfThere(path);
  try {
    if (found && !found.isFile()) writeContent(path, content);
    else replaceFile(path, content);
    return path;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw unwritable(
      `cannot write ${path}: ${reason}`,
      "Name a file in a folder that you can write to with -o FILE.",
      error,
    );
  }
}

function unwritable(fact: string, advice: string, cause?: unknown): Failure {
  return new Failure(EXIT.unwritable, visibleLine(fact), advice, { cause });
}

/** `sessionflame-debug-auth-L0UEND.html`: readable, and different for sessions of the same title. */
export function defaultFileName({ id, title }: Pick<ReportSession, "id" | "title">, extension: string): string {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
  const tail = id.slice(-6).replace(/[^A-Za-z0-9]/g, "");
  // A title that may not be said is made from the id already.
  const words = slug === `session-${tail.toLowerCase()}` ? "" : slug;
  return ["sessionflame", words, tail].filter(Boolean).join("-") + extension;
}

/** A folder means a file of the default name in it. A link is followed, so that what it points to is what is replaced. */
function outputPath(path: string, isWrittenAsFolder: boolean, defaultName: string): string {
  const isFolder = isWrittenAsFolder || statIfThere(path)?.isDirectory() === true;
  const file = isFolder ? join(path, defaultName) : path;
  try {
    return statIfThere(file)?.isFile() ? realpathSync(file) : file;
  } catch {
    return file;
  }
}
