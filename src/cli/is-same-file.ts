import { statSync } from "node:fs";

/** Whether two paths lead to one file that is there, through links of any kind. What is no file (a pipe, a device) is none. Never throws. */
export function isSameFile(path: string, other: string): boolean {
  const key = fileKey(path);
  return key !== null && key === fileKey(other);
}

/** Numbers of files may be too large to be held exactly. */
function fileKey(path: string): string | null {
  try {
    const found = statSync(path, { bigint: true });
    return found.isFile() ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null;
  }
}
