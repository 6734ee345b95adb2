import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { databasesIn } from "./opencode-paths.js";
import { opencodeSqlite } from "./opencode-sqlite.js";
import type { OpenOptions, Source, Store } from "./source.js";
import { SourceError } from "./source-error.js";
import { statIfThere } from "./stat-if-there.js";

/** Every source that can be read, in the order in which they are asked. */
export const sources: readonly Source[] = [opencodeSqlite];

/** Opens whatever holds sessions at `path`: a file, or a folder with OpenCode's database in it. */
export async function openStore(path: string, options: OpenOptions = {}): Promise<Store> {
  const file = statIfThere(path)?.isDirectory() ? databaseIn(path) : path;
  const found = statIfThere(file);
  if (!found) throw new SourceError({ code: "no-such-file", path: file });
  if (!found.isFile()) throw new SourceError({ code: "not-a-database", path: file });
  if (found.size === 0) throw new SourceError({ code: "empty-file", path: file });
  assertReadable(file);
  for (const source of sources) {
    if ((await source.recognize(file)) === "mine") return source.open(file, options);
  }
  throw new SourceError({ code: "not-a-database", path: file });
}

/** The folder's `opencode.db`, else its only database. */
function databaseIn(folder: string): string {
  const databases = databasesIn(folder);
  const usual = databases.find((path) => path === join(folder, "opencode.db"));
  const [only, ...more] = databases;
  if (usual) return usual;
  if (only && more.length === 0) return only;
  throw new SourceError({ code: "no-store", path: folder, others: databases });
}

function assertReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new SourceError({ code: "unreadable", path, reason: "permission denied" }, { cause: error });
  }
}
