import { gunzipSync } from "node:zlib";
import type { Report } from "../model/report.js";
import { decodedReport } from "../report/codec.js";
import { columnsOfEarlier, earlierReport, isEarlierPacking } from "../report/earlier-packing.js";
import { isFields } from "../report/fields.js";
import { isSound } from "../report/sound-columns.js";
import { visibleLine } from "../report/visible.js";
import { EXIT, Failure } from "./failure.js";
import { MOST_BYTES, tooLarge } from "./limited-read.js";

const START = '<script type="application/octet-stream" id="report-data">';
const END = "</script>";

/** The Report that a page carries, as it was written; nothing of it is checked yet. `path`: for what is said where there is none. */
export function pageReport(html: string, path: string): unknown {
  const block = blockAfter(html, START, path);
  if (block === null) throw without(html, path);
  return packedReport(block, path);
}

/** The Report in a block of a page. */
export function packedReport(base64: string, path: string): unknown {
  return unpacked(inflated(base64, path), path);
}

/** What stands in the page's first element that opens like that; null where there is none. */
export function blockAfter(html: string, start: string, path: string): string | null {
  const at = html.indexOf(start);
  if (at < 0) return null;
  const end = html.indexOf(END, at);
  if (end < 0) throw damaged(path);
  return html.slice(at + start.length, end);
}

/** The text of a block, of no more than `MOST_BYTES`, however much is packed. */
export function inflated(base64: string, path: string): string {
  if (!/^[\w+/]*={0,2}$/.test(base64)) throw damaged(path);
  try {
    return gunzipSync(Buffer.from(base64, "base64"), { maxOutputLength: MOST_BYTES }).toString("utf8");
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge(path) : damaged(path, error);
  }
}

function unpacked(text: string, path: string): unknown {
  try {
    const report = decoded(text, path);
    // A text may stand in many places: then what is packed small is large again.
    if (JSON.stringify(report).length > MOST_BYTES) throw tooLarge(path);
    return report;
  } catch (error) {
    throw error instanceof Failure ? error : damaged(path, error);
  }
}

/** Packed as today, or as pages were before. */
function decoded(text: string, path: string): Report {
  const encoded: unknown = JSON.parse(text);
  if (!isFields(encoded)) throw damaged(path);
  if (!isEarlierPacking(encoded)) {
    if (!isSound(encoded.columns)) throw damaged(path);
    return decodedReport(text);
  }
  if (!isSound(columnsOfEarlier(encoded.columns))) throw damaged(path);
  return earlierReport(encoded);
}

/** What is to be said of a page that was cut off, or changed. */
export function damaged(path: string, cause?: unknown): Failure {
  return new Failure(
    EXIT.unreadable,
    visibleLine(`the report's data is damaged or cut off: ${path}`),
    "Copy the file again, or make the report anew from its session. If a newer sessionflame made it, update.",
    { cause },
  );
}

/** Pages of early releases, and those of a session without time, carried none. */
function without(html: string, path: string): Failure {
  const isOurs = html.includes(" · Sessionflame</title>");
  if (isOurs && !html.includes("</html>")) return damaged(path);
  if (isOurs && html.includes("<title>Comparison: "))
    return new Failure(
      EXIT.unreadable,
      visibleLine(`a comparison, which holds no report: ${path}`),
      "Name a page that `sessionflame report` wrote.",
    );
  return isOurs
    ? new Failure(
        EXIT.unreadable,
        visibleLine(`no data in the report: ${path}`),
        "An early release made it, without data in the page; make it anew from its session.",
      )
    : new Failure(
        EXIT.unreadable,
        visibleLine(`not a report of sessionflame: ${path}`),
        "Name a page that `sessionflame report` wrote.",
      );
}
