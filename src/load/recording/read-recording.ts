import type { RecordingLine } from "../../model/recording.js";
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

/** Reads files one after the other, each when it is asked for: together they may be large. Never throws. */
export function* recordingFiles(paths: readonly string[]): Generator<RecordingFile> {
  for (const path of paths) yield recordingFile(path);
}

/** Reads one file, whatever it is called. Never throws. */
export function recordingFile(path: string): RecordingFile {
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
