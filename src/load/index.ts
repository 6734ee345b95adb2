import { statSync } from "node:fs";
import { join } from "node:path";
import { opencodeSqlite } from "./opencode-sqlite.js";
import type { OpenOptions, Source, Store } from "./source.js";
import { SourceError } from "./source-error.js";

/** Every source that can be read, in the order in which they are asked. */
export const sources: readonly Source[] = [opencodeSqlite];

/** Opens whatever holds sessions at `path`: a file, or a folder with OpenCode's database in it. */
export async function openStore(path: string, options: OpenOptions = {}): Promise<Store> {
  const file = isFolder(path) ? join(path, "opencode.db") : path;
  if (file !== path && !exists(file)) throw new SourceError({ code: "no-store", path });
  if (!exists(file)) throw new SourceError({ code: "no-such-file", path: file });
  for (const source of sources) {
    if ((await source.recognize(file)) === "mine") return source.open(file, options);
  }
  if (statSync(file).size === 0) throw new SourceError({ code: "empty-file", path: file });
  throw new SourceError({ code: "not-a-database", path: file });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
