import { beginningOf } from "../load/read-text.js";
import { statIfThere } from "../load/stat-if-there.js";

/** What no other JSON of ours, and none of OpenCode's, has both of. */
const MARKS = [/"kind"\s*:\s*"(?:session|collection)"/, /"generator"\s*:\s*\{\s*"name"\s*:\s*"sessionflame"/];
/** The head of a Report holds its generator; a pretty-printed one has it a little later. */
const HEAD_BYTES = 4_096;

/** Whether a path is a file that begins as a Report does, as a page or as JSON. Whether it is sound, reading it tells. */
export function isReportFile(path: string): boolean {
  if (statIfThere(path)?.isFile() !== true) return false;
  const head = beginningOf(path, HEAD_BYTES); // empty for what cannot be read: whoever reads it as a session says why
  if (/^<!doctype html>/.test(head)) return head.includes(" · Sessionflame</title>") && head.includes("script-src");
  return /^\s*\{/.test(head) && MARKS.every((mark) => mark.test(head));
}
