import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { SourceError } from "./source-error.js";

/** The longest text that can be read in one piece. */
const LIMIT_BYTES = 500 * 1024 ** 2;

/** The whole of a text file. Throws a SourceError where it cannot be read. */
export function readText(path: string): string {
  try {
    const bytes = statSync(path).size;
    if (bytes > LIMIT_BYTES) throw new SourceError({ code: "too-big-to-read", path, bytes });
    return decodedText(readFileSync(path));
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError({ code: "unreadable", path, reason: (error as NodeJS.ErrnoException).code ?? "unknown" });
  }
}

/** UTF-8, or the UTF-16 that `>` of Windows PowerShell writes. */
export function decodedText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

/** The first bytes of a file as text; empty where it cannot be read. */
export function beginningOf(path: string, bytes = 65_536): string {
  try {
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(bytes);
      return decodedText(buffer.subarray(0, readSync(file, buffer, 0, bytes, 0)));
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
}
