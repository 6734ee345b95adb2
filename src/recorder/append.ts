import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from "node:fs";
import type { Bytes } from "../model/units.js";

// The system finds the end of the file and writes there in one step, so what several processes write at once stays whole.
// Links are not followed: nobody else may choose what is written to.
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * Adds whole lines to a file, which is made where there is none, for this user alone. Returns how large it is then, by
 * our own count where its size was known. Throws what the system throws, and where only a part was written.
 */
export function appended(path: string, text: string, knownBytes: Bytes | null): Bytes {
  const file = openSync(path, FLAGS, 0o600);
  try {
    const before = knownBytes ?? foundBytes(file);
    // Where a crash or a full disk cut somebody's line, it must not take the next one with it.
    const lines = Buffer.from(knownBytes === null && isCut(file, before) ? `\n${text}` : text);
    if (writeSync(file, lines) < lines.length) throw new Error("only a part of the lines was written");
    return before + lines.length;
  } finally {
    closeSync(file);
  }
}

function foundBytes(file: number): Bytes {
  const found = fstatSync(file);
  if (!found.isFile()) throw new Error("it is no file");
  return found.size;
}

function isCut(file: number, size: Bytes): boolean {
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
}
