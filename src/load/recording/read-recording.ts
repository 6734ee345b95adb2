import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { RecordingLine } from "../../model/recording.js";
import type { Session } from "../../model/session.js";
import type { Bytes } from "../../model/units.js";
import { parsedJson } from "../json-text.js";
import { readText } from "../read-text.js";
import { statIfThere } from "../stat-if-there.js";
import { recordingLine } from "./line-schema.js";

const LIMIT_BYTES: Bytes = 50_000_000;

/** A recording that is there: what stands in it and how many lines are of no use, or why it cannot be used. */
export type RecordingFile = { readonly path: string } & (
  | { readonly lines: readonly RecordingLine[]; readonly skipped: number }
  | { readonly problem: string }
);

/** The session's id and those of its subagents. */
export function sessionIdsOf({ id, messages, spans }: Session): Set<string> {
  const subagents = spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []));
  return new Set([id, ...subagents, ...messages.map(({ sessionId }) => sessionId)]);
}

/**
 * The recordings of a session and its subagents in the folders, each `<session id>.jsonl` or, rotated,
 * `<session id>.<n>.jsonl`. What a subagent did may stand in the file of the session that started it. Files are found by
 * the folder's own listing, so that no id becomes a path; links and devices are left alone.
 */
export function recordingPaths(folders: Iterable<string>, session: Session): string[] {
  const ids = sessionIdsOf(session);
  if (session.parentId !== null) ids.add(session.parentId);
  return [...folders].flatMap((folder) =>
    fileNames(folder)
      .filter((name) => ids.has(sessionIn(name) ?? ""))
      .sort()
      .map((name) => join(folder, name)),
  );
}

/** The id that a file is named after; null for what is no recording. */
function sessionIn(name: string): string | null {
  return /^([\w-]+)(?:\.\d+)?\.jsonl$/.exec(name)?.[1] ?? null;
}

function fileNames(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return []; // not there, or not to be entered
  }
}

/** Reads files one after the other, each when it is asked for: together they may be large. Never throws. */
export function* recordingFiles(paths: readonly string[]): Generator<RecordingFile> {
  for (const path of paths) yield recordingFile(path);
}

function recordingFile(path: string): RecordingFile {
  if ((statIfThere(path)?.size ?? 0) > LIMIT_BYTES) return { path, problem: "larger than 50 MB" };
  try {
    return { path, ...linesOf(readText(path)) };
  } catch {
    return { path, problem: "cannot be read" };
  }
}

/** A process that was killed leaves half a line: it is no JSON, and neither is what another one wrote behind it. */
function linesOf(text: string): { lines: RecordingLine[]; skipped: number } {
  const filled = text.split("\n").filter((line) => line.trim() !== "");
  const lines = filled.flatMap((line) => recordingLine(parsedJson(line)) ?? []);
  return { lines, skipped: filled.length - lines.length };
}
