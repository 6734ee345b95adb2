import { resolve } from "node:path";
import { parsedJson } from "../load/json-text.js";
import type { Report } from "../model/report.js";
import { type Fields, isFields } from "../report/fields.js";
import { misplaced } from "../report/misplaced.js";
import { checkedReport } from "../report/schema.js";
import { upgraded } from "../report/upgrades.js";
import { shortened, visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { limitedText, STDIN } from "./limited-read.js";
import { pageReport } from "./page-report.js";

/** A Report that was read from outside, and checked. */
export interface ReadReport {
  /** As it was written. */
  readonly written: Fields;
  /** As this release writes it. */
  readonly report: Report;
}

/** Which files are taken: pages alone, or also a Report as JSON. */
export type Readable = "page" | "page-or-json";

/** Reads the Report in a file, or on standard input for `-`. Fails with what is to be said of a file that holds none. */
export async function readReport(file: string, readable: Readable, context: Context): Promise<ReadReport> {
  const path = file === "-" ? STDIN : resolve(context.cwd, file);
  const text = (await limitedText(path, context)).replace(/^\ufeff/, "");
  const isJson = readable === "page-or-json" && /^\s*\{/.test(text);
  return checked(isJson ? parsedJson(text) : pageReport(text, path), path);
}

function checked(written: unknown, path: string): ReadReport {
  if (!isFields(written)) throw unusable("it is cut off, or no JSON", path);
  const { version, kind } = written;
  if (typeof version !== "number" || typeof kind !== "string") throw unusable("it has no version and no kind", path);
  if (version > 1) throw newer(`version ${version}`, path);
  if (kind === "comparison") throw unusable("it compares two, and is none of one session", path);
  if (kind !== "session") throw newer(`kind ${kind}`, path);
  const read = checkedReport(upgraded(written));
  if ("problem" in read) throw unusable(read.problem, path);
  const lost = misplaced(read.report);
  if (lost !== null) throw unusable(lost, path);
  return { written, report: read.report };
}

const REASON_CHARS = 160;

function unusable(reason: string, path: string): Failure {
  return new Failure(
    EXIT.unreadable,
    visibleLine(`not readable as a report: ${path} (${shortened(reason, REASON_CHARS)})`),
    "Name what `sessionflame report` wrote, as it wrote it.",
  );
}

function newer(what: string, path: string): Failure {
  return new Failure(
    EXIT.unreadable,
    visibleLine(`made by a newer sessionflame: ${path} is a report of ${shortened(what, REASON_CHARS)}`),
    "Update sessionflame to read it.",
  );
}
