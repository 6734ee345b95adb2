import { realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { looksLikeSqlite } from "../load/sqlite-file.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { Session } from "../model/session.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

/**
 * Writes a file beside its place and renames it, so that nothing is ever left half-written. Returns the path.
 * Refuses to overwrite a database: the user's data is never written to.
 */
export function writeOutput(text: string, target: string, defaultName: string, { cwd }: Context): string {
  const path = outputPath(resolve(cwd, target), defaultName);
  if (looksLikeSqlite(path))
    throw new Failure(EXIT.unwritable, `will not overwrite a database: ${path}`, "Name another file with -o FILE.");
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
    return path;
  } catch (error) {
    removeIfThere(beside);
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Failure(
      EXIT.unwritable,
      `cannot write ${path}: ${reason}`,
      "Name a file in a folder that you can write to with -o FILE.",
      { cause: error },
    );
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder is not there either.
  }
}

/** `sessionflame-debug-auth-L0UEND.html`: readable, and different for sessions of the same title. */
export function defaultFileName({ id, title }: Session, extension: string): string {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
  return ["sessionflame", slug, id.slice(-6).replace(/[^A-Za-z0-9]/g, "")].filter(Boolean).join("-") + extension;
}

/** A folder means a file of the default name in it. A link is followed, so that what it points to is what is replaced. */
function outputPath(path: string, defaultName: string): string {
  const isFolder = statIfThere(path)?.isDirectory() ?? false;
  const file = isFolder ? join(path, defaultName) : path;
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
