import { lstat, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { EpochMs, Milliseconds } from "../model/units.js";

/** How long files are kept, how many, and how many go at a time. */
export interface KeepLimits {
  readonly ageMs: Milliseconds;
  readonly count: number;
  readonly atATime: number;
}

export const KEEP: KeepLimits = { ageMs: 30 * 86_400_000, count: 500, atATime: 10 };

interface Found {
  readonly name: string;
  readonly changedAt: EpochMs;
}

/** Which files go now: those that are too old or too many, the oldest first, a few. */
export function oldFiles(found: readonly Found[], now: EpochMs, keep = KEEP): readonly string[] {
  const oldestFirst = [...found].sort((a, b) => a.changedAt - b.changedAt);
  const tooMany = Math.max(0, found.length - keep.count);
  const old = oldestFirst.filter(({ changedAt }, index) => index < tooMany || now - changedAt > keep.ageMs);
  return old.slice(0, keep.atATime).map(({ name }) => name);
}

/** Removes a few old files of a folder, of those that are ours by their names. What cannot be looked at or removed stays. */
export async function removeOldFiles(
  folder: string,
  isOurs: (name: string) => boolean,
  now: EpochMs,
  keep = KEEP,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const found: Found[] = [];
  for (const name of names.filter(isOurs)) {
    const stats = await lstat(join(folder, name)).catch(() => null);
    if (stats?.isFile()) found.push({ name, changedAt: stats.mtimeMs });
  }
  for (const name of oldFiles(found, now, keep)) await unlink(join(folder, name)).catch(() => undefined);
}
