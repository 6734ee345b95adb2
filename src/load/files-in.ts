import { readdirSync } from "node:fs";

/** The names of a folder's files, without links and devices; none where it is not there, or not to be entered. */
export function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}
