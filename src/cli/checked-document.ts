import type { Report } from "../model/report.js";
import { type Fields, isFields } from "../report/fields.js";
import { misplaced } from "../report/misplaced.js";
import { checkedReport } from "../report/schema.js";
import { upgraded } from "../report/upgrades.js";
import { shortened, visibleLine } from "../report/visible.js";
import { EXIT, Failure } from "./failure.js";

/** A Report that was read from outside, and checked. */
export interface ReadReport {
  /** As it was written. */
  readonly written: Fields;
  /** As this release writes it. */
  readonly report: Report;
}

/** A Report of one session from outside, checked. */
export function checkedDocument(written: unknown, path: string): ReadReport {
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

/** What is to be said of a file of which a part is not as it should be. */
export function unusable(reason: string, path: string): Failure {
  return new Failure(
    EXIT.unreadable,
    visibleLine(`not readable as a report: ${path} (${shortened(reason, REASON_CHARS)})`),
    "Name what `sessionflame report` wrote, as it wrote it.",
  );
}

/** What is to be said of what this release does not know. */
export function newer(what: string, path: string): Failure {
  return new Failure(
    EXIT.unreadable,
    visibleLine(`made by a newer sessionflame: ${path} is a report of ${shortened(what, REASON_CHARS)}`),
    "Update sessionflame to read it.",
  );
}
