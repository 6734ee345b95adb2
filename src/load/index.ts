import { join } from "node:path";
import { opencodeSqlite } from "./opencode-sqlite.js";
import type { OpenOptions, Source, Store } from "./source.js";
import { SourceError } from "./source-error.js";
import { statIfThere } from "./stat-if-there.js";

/** Every source that can be read, in the order in which they are asked. */
export const sources: readonly Source[] = [opencodeSqlite];

/** Opens whatever holds sessions at `path`: a file, or a folder with OpenCode's database in it. */
export async function openStore(path: string, options: OpenOptions = {}): Promise<Store> {
  const file = statIfThere(path)?.isDirectory() ? join(path, "opencode.db") : path;
  const found = statIfThere(file);
  if (!found) throw new SourceError(file === path ? { code: "no-such-file", path } : { code: "no-store", path });
  for (const source of sources) {
    if ((await source.recognize(file)) === "mine") return source.open(file, options);
  }
  throw new SourceError({ code: found.size === 0 ? "empty-file" : "not-a-database", path: file });
}
