import type { Note, TelemetryRecord } from "../../model/session.js";
import { plural } from "../../report/format.js";

/** What one file holds of a session. */
export interface TelemetryFindings {
  readonly path: string;
  /** Why it cannot be used; null where it can. */
  readonly problem: string | null;
  readonly records: readonly TelemetryRecord[];
  /** Each with its place and what is wrong: `line 7: name is missing`. */
  readonly skipped: readonly string[];
}

/** Where each session has a file of its own, there may be thousands. */
const MOST_NAMED = 10;

/**
 * What was read, what was skipped and what was left out. Nothing where there were no files. `records`: about the session,
 * without copies; `taken`: how many of them were not too many.
 */
export function telemetryNotes(files: readonly TelemetryFindings[], records: number, taken: number): Note[] {
  const read = files.filter(({ problem }) => problem === null);
  return [
    ...readNotes(read, records),
    ...overLimitNotes(records - taken),
    ...skippedNotes(read),
    ...leftOutNotes(files),
  ];
}

function overLimitNotes(left: number): Note[] {
  if (left === 0) return [];
  const text = `${plural(left, "telemetry record")} ${left === 1 ? "was" : "were"} left out: of each kind the first 20,000 are taken.`;
  return [{ kind: "skipped", text }];
}

function readNotes(read: readonly TelemetryFindings[], records: number): Note[] {
  if (read.length === 0) return [];
  const about = read.filter((file) => file.records.length > 0);
  const what = `${plural(read.length, "telemetry file")} ${read.length === 1 ? "was" : "were"} read`;
  if (about.length === 0) return [{ kind: "info", text: `${what}; nothing in them is about this session.` }];
  return [
    naming(
      "info",
      `${what}; ${plural(records, "record")} in them ${records === 1 ? "is" : "are"} about this session`,
      about,
    ),
  ];
}

function skippedNotes(read: readonly TelemetryFindings[]): Note[] {
  const files = read.filter(({ skipped }) => skipped.length > 0);
  const lines = files.flatMap(({ skipped }) => skipped);
  const [first] = lines;
  if (first === undefined) return [];
  const were = lines.length === 1 ? "was skipped" : "were skipped, the first one";
  const text = `${plural(lines.length, "line")} of ${plural(files.length, "telemetry file")} ${were} (${first})`;
  return [naming("skipped", text, files)];
}

function leftOutNotes(files: readonly TelemetryFindings[]): Note[] {
  const problems = new Set(files.flatMap(({ problem }) => problem ?? []));
  return [...problems].map((problem) => {
    const same = files.filter((file) => file.problem === problem);
    const were = same.length === 1 ? "was" : "were";
    return naming("skipped", `${plural(same.length, "telemetry file")} ${were} left out (${problem})`, same);
  });
}

function naming(kind: Note["kind"], text: string, files: readonly TelemetryFindings[]): Note {
  const named = files.slice(0, MOST_NAMED).map(({ path }) => path);
  const more = files.length > MOST_NAMED ? ` (the first ${MOST_NAMED} of ${files.length} files)` : "";
  return Object.freeze({ kind, text: text + more, files: Object.freeze(named) });
}
