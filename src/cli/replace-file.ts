import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { statIfThere } from "../load/stat-if-there.js";

/**
 * Writes a file beside its place and renames it, so that nothing is ever left half-written; who may read the file that
 * was there may read the new one, and nobody else. Throws what the file system says.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const beside = join(dirname(path), `.sessionflame-${process.pid}.tmp`);
  const mode = statIfThere(path)?.mode;
  try {
    writeFileSync(beside, content, mode === undefined ? {} : { mode });
    if (mode !== undefined) chmodSync(beside, mode & 0o7777);
    renameSync(beside, path);
  } catch (error) {
    removeIfThere(beside);
    throw error;
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder is not there either.
  }
}
