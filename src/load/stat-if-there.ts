import { type Stats, statSync } from "node:fs";

/** What is at a path; null for nothing, or where a folder on the way is none or may not be entered. Never throws. */
export function statIfThere(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
