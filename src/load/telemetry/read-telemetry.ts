import { join } from "node:path";
import type { Bytes } from "../../model/units.js";
import { filesIn } from "../files-in.js";
import { parsedJson } from "../json-text.js";
import { projectFolders } from "../opencode/local-files.js";
import { readText } from "../read-text.js";
import { statIfThere } from "../stat-if-there.js";

const LIMIT_BYTES: Bytes = 50_000_000;

/** A line of a file, or an entry of an array. */
export interface TelemetryEntry {
  /** `line 7`, `entry 7`. */
  readonly place: string;
  /** undefined for what is no JSON. */
  readonly value: unknown;
}

/** A telemetry file that is there: what stands in it, or why it cannot be used. */
export type TelemetryFile = { readonly path: string } & (
  | { readonly entries: readonly TelemetryEntry[] }
  | { readonly problem: string }
);

/** The telemetry files of a session that ran in `directory`: of the project from its root down, as settings are. */
export function projectTelemetry(directory: string): string[] {
  return projectFolders(directory).flatMap((folder) => telemetryIn(join(folder, ".opencode", "telemetry")));
}

/** The telemetry files of a folder: those of lines by their names, then the array. Links and devices are left alone. */
export function telemetryIn(folder: string): string[] {
  const names = filesIn(folder);
  const lines = names.filter((name) => name.endsWith(".jsonl")).sort();
  return [...lines, ...names.filter((name) => name === "metrics.json")].map((name) => join(folder, name));
}

/** Reads files one after the other, each when it is asked for: together they may be large. Never throws. */
export function* telemetryFiles(paths: readonly string[]): Generator<TelemetryFile> {
  for (const path of paths) yield telemetryFile(path);
}

/** Reads one file: an array where its name ends with `.json`, else lines. Never throws. */
export function telemetryFile(path: string): TelemetryFile {
  if ((statIfThere(path)?.size ?? 0) > LIMIT_BYTES) return { path, problem: "larger than 50 MB" };
  try {
    const text = readText(path);
    return path.endsWith(".json") ? wholeFile(path, text) : { path, entries: linesOf(text) };
  } catch {
    return { path, problem: "cannot be read" };
  }
}

function wholeFile(path: string, text: string): TelemetryFile {
  const value = parsedJson(text);
  if (value === undefined) return { path, problem: "not readable as JSON" };
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return { path, entries: values.map((entry, i) => ({ place: `entry ${i + 1}`, value: entry })) };
}

/** Lines without anything are no entries: one stands where a writer found that the line before was cut. */
function linesOf(text: string): TelemetryEntry[] {
  const lines = text.split("\n").map((line, i) => ({ place: `line ${i + 1}`, line: line.trim() }));
  return lines.filter(({ line }) => line !== "").map(({ place, line }) => ({ place, value: parsedJson(line) }));
}
