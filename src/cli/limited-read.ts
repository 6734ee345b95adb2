import { createReadStream } from "node:fs";
import { decodedText } from "../load/read-text.js";
import type { Bytes } from "../model/units.js";
import { formatBytes } from "../report/format.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

/** Three times what a report of 50,000 spans takes, and less than a process can hold. */
export const MOST_BYTES: Bytes = 128_000_000;

/** What messages call standard input, which `-` stands for. */
export const STDIN = "standard input";

/** The text of a file, or of standard input. Fails with what is to be said of one that is not there, or too large. */
export async function limitedText(path: string, { stdin }: Context): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes: Bytes = 0;
  try {
    for await (const chunk of path === STDIN ? stdin() : createReadStream(path)) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw tooLarge(path);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Failure ? error : unread(path, error as NodeJS.ErrnoException);
  }
  return decodedText(Buffer.concat(chunks));
}

/** Of a file, or of what is packed in it. */
export function tooLarge(path: string): Failure {
  return new Failure(
    EXIT.unreadable,
    visibleLine(`more than ${formatBytes(MOST_BYTES)} to read: ${path}`),
    "No report is that large; make it anew from its session.",
  );
}

function unread(path: string, cause: NodeJS.ErrnoException): Failure {
  const { code } = cause;
  return code === "ENOENT" || code === "ENOTDIR"
    ? new Failure(EXIT.notFound, visibleLine(`no such file: ${path}`), "Name a report that sessionflame wrote.", {
        cause,
      })
    : new Failure(
        EXIT.unreadable,
        visibleLine(`cannot read ${path}: ${code}`),
        "Check what it is, and its permissions.",
        {
          cause,
        },
      );
}
