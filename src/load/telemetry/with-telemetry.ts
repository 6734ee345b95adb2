import type { Session, TelemetryRecord } from "../../model/session.js";
import { FileNames } from "../file-names.js";
import type { TelemetryFile } from "./read-telemetry.js";
import { SessionIds } from "./session-ids.js";
import { telemetryLine } from "./telemetry-line.js";
import { type TelemetryFindings, telemetryNotes } from "./telemetry-notes.js";

/**
 * The session with what telemetry files say of it and of its subagents, in time order, and notes on what was read and
 * what was skipped. Records of other sessions are left where they are.
 */
export function withTelemetry(session: Session, files: Iterable<TelemetryFile>): Session {
  const ids = new SessionIds(session);
  const findings = Array.from(files, (file) => findingsIn(file, ids));
  const all = withoutCopies(findings.map((found) => found.records)).sort(byTime);
  const records = withinLimit(all);
  const names = namesIn(session);
  return Object.freeze({
    ...session,
    telemetry: Object.freeze(records.map((record) => Object.freeze(placed(record, ids, names)))),
    notes: Object.freeze([...session.notes, ...telemetryNotes(findings, all.length, records.length)]),
  });
}

/** Each stands in the page: with more it could not be sent around. */
const MOST_OF_A_KIND = 20_000;

function withinLimit(records: readonly TelemetryRecord[]): TelemetryRecord[] {
  const counts = new Map<TelemetryRecord["kind"], number>();
  return records.filter(({ kind }) => {
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    return number <= MOST_OF_A_KIND;
  });
}

function findingsIn(file: TelemetryFile, ids: SessionIds): TelemetryFindings {
  if ("problem" in file) return { ...file, records: [], skipped: [] };
  const records: TelemetryRecord[] = [];
  const skipped: string[] = [];
  for (const { place, value } of file.entries) {
    const read = telemetryLine(value);
    if ("problem" in read) skipped.push(`${place}: ${read.problem}`);
    else if (ids.has(read.record)) records.push(read.record);
  }
  return { path: file.path, problem: null, records, skipped };
}

/** What several files say alike counts once, since a file may be a copy of others; what one says twice counts twice. */
function withoutCopies(files: readonly (readonly TelemetryRecord[])[]): TelemetryRecord[] {
  const counted = new Map<string, number>();
  return files.flatMap((records) => {
    const own = new Map<string, number>();
    return records.filter((record) => {
      const key = JSON.stringify(record);
      const number = (own.get(key) ?? 0) + 1;
      own.set(key, number);
      const isNew = number > (counted.get(key) ?? 0);
      if (isNew) counted.set(key, number);
      return isNew;
    });
  });
}

/** What does not say when it was stands last. */
function byTime(a: TelemetryRecord, b: TelemetryRecord): number {
  return (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER);
}

/** As the session's own messages call their files. */
function namesIn({ directory, messages }: Session): FileNames {
  const names = new FileNames(directory);
  for (const { content } of messages) names.named(content);
  return names;
}

function placed(record: TelemetryRecord, ids: SessionIds, names: FileNames): TelemetryRecord {
  const messageId = record.messageId ?? ids.messageOfCall(record);
  if (record.kind !== "edit" || record.file === null) return { ...record, messageId };
  return { ...record, messageId, file: names.name(record.file) };
}
