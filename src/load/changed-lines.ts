import type { EditFacet } from "../model/session.js";
import { type Fields, isFields } from "../report/fields.js";

const UNKNOWN: EditFacet = { linesAdded: null, linesRemoved: null };

/** How many lines an edit added and removed, by what its result says of each file; else by its diff. */
export function changedLines(input: Fields, metadata: Fields): EditFacet {
  const results = list(metadata.results).map((result) => fieldsOf(fieldsOf(result).metadata ?? result));
  const said = [metadata.filediff, ...list(metadata.files), ...results.map(({ filediff }) => filediff)].flatMap(
    countsOf,
  );
  if (said.length > 0) return said.reduce(added);
  if (typeof metadata.diff === "string") return countsInDiff(metadata.diff);
  return writtenAnew(input, metadata);
}

function countsOf(value: unknown): EditFacet[] {
  const { additions, deletions } = fieldsOf(value);
  if (!isCount(additions) || !isCount(deletions)) return [];
  return [{ linesAdded: additions, linesRemoved: deletions }];
}

function added(a: EditFacet, b: EditFacet): EditFacet {
  const plus = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y);
  return { linesAdded: plus(a.linesAdded, b.linesAdded), linesRemoved: plus(a.linesRemoved, b.linesRemoved) };
}

/** Of a diff the lines behind its first `@@`: what stands before names the files. */
function countsInDiff(diff: string): EditFacet {
  let isInHunk = false;
  const counts = { linesAdded: 0, linesRemoved: 0 };
  for (const line of diff.split("\n")) {
    if (line.startsWith("@@")) isInHunk = true;
    else if (/^(?:Index: |diff --git )/.test(line)) isInHunk = false;
    else if (isInHunk && line.startsWith("+")) counts.linesAdded++;
    else if (isInHunk && line.startsWith("-")) counts.linesRemoved++;
  }
  return counts;
}

/** A new file is what was written; of one that was there before nothing says what it held. */
function writtenAnew({ content }: Fields, { exists }: Fields): EditFacet {
  if (exists !== false || typeof content !== "string") return UNKNOWN;
  const lines = content === "" ? 0 : content.split("\n").length - (content.endsWith("\n") ? 1 : 0);
  return { linesAdded: lines, linesRemoved: 0 };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}
