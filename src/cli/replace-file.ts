import { chmodSync, closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { statIfThere } from "../load/stat-if-there.js";

/** What is written: as a whole, or in pieces that need not be in memory together. */
export type Content = string | Uint8Array | { readonly pieces: Iterable<string> };

/**
 * Writes a file beside its place and renames it, so that nothing is ever left half-written; who may read the file that
 * was there may read the new one, and nobody else. Throws what the file system says.
 */
export function replaceFile(path: string, content: Content): void {
  const beside = join(dirname(path), `.sessionflame-${process.pid}.tmp`);
  const mode = statIfThere(path)?.mode;
  try {
    writeContent(beside, content, mode);
    if (mode !== undefined) chmodSync(beside, mode & 0o7777);
    renameSync(beside, path);
  } catch (error) {
    removeIfThere(beside);
    throw error;
  }
}

/** Into a file that is made or emptied for it. Throws what the file system says. */
export function writeContent(path: string, content: Content, mode?: number): void {
  if (typeof content === "string" || content instanceof Uint8Array)
    writeFileSync(path, content, mode === undefined ? {} : { mode });
  else writePieces(path, content.pieces, mode);
}

function writePieces(path: string, pieces: Iterable<string>, mode?: number): void {
  const file = openSync(path, "w", mode);
  try {
    for (const piece of pieces) writeWhole(file, Buffer.from(piece));
  } finally {
    closeSync(file);
  }
}

/** A pipe may take less than it is given. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder is not there either.
  }
}
