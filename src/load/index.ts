import { accessSync, constants } from "node:fs";
import { dirname, join } from "node:path";
import { databasesIn } from "./opencode/paths.js";
import { opencodeExport } from "./opencode-export.js";
import { opencodeRun } from "./opencode-run.js";
import { opencodeSqlite } from "./opencode-sqlite.js";
import { opencodeStorage } from "./opencode-storage.js";
import type { OpenOptions, Source, Store } from "./source.js";
import { SourceError } from "./source-error.js";
import { belongsToSqlite } from "./sqlite-file.js";
import { statIfThere } from "./stat-if-there.js";
import { unitedStore } from "./united-store.js";

/** Every source that can be read, in the order in which they are asked. */
export const sources: readonly Source[] = [opencodeSqlite, opencodeStorage, opencodeExport, opencodeRun];

export interface OpenStoreOptions extends OpenOptions {
  /** Look for this source only. */
  readonly source?: string | undefined;
  /** Leave what lies beside a database. */
  readonly alone?: boolean;
}

/**
 * Opens whatever holds sessions at `path`: a file, a folder of JSON files, or a folder with OpenCode's data in it.
 * What OpenCode 1.0 and 1.1 left beside OpenCode's own database belongs to it; of a session in both, the database is right.
 */
export async function openStore(path: string, options: OpenStoreOptions = {}): Promise<Store> {
  const candidates = sources.filter(({ id }) => options.source === undefined || id === options.source);
  const stores: Store[] = [];
  for (const place of await placesAt(path, options.alone === true)) {
    const source = await sourceOf(place, candidates);
    if (source) stores.push(await source.open(place, options));
    else if (!(await sourceOf(place, sources)))
      throw new SourceError({ code: "unknown-form", path: place, wanted: null });
  }
  const [first, ...more] = stores;
  if (first) return unitedStore([first, ...more], "first");
  throw new SourceError({ code: "unknown-form", path, wanted: options.source ?? null });
}

async function sourceOf(path: string, candidates: readonly Source[]): Promise<Source | null> {
  for (const source of candidates) if ((await source.recognize(path)) === "mine") return source;
  return null;
}

/** The files and folders at a path that can hold sessions, the one whose word counts first. */
async function placesAt(path: string, alone: boolean): Promise<string[]> {
  if (!statIfThere(path)?.isDirectory()) {
    const folder = dirname(readableFile(path));
    return !alone && databasesIn(folder).includes(path) ? [path, ...(await storageIn(folder))] : [path];
  }
  if ((await opencodeStorage.recognize(path)) === "mine") return [path];
  const database = databaseIn(path);
  const places = [...(database === null ? [] : [readableFile(database)]), ...(await storageIn(path))];
  if (places.length > 0) return places;
  throw new SourceError({ code: "no-store", path, others: [] });
}

async function storageIn(folder: string): Promise<string[]> {
  const storage = join(folder, "storage");
  return (await opencodeStorage.recognize(storage)) === "mine" ? [storage] : [];
}

/** The folder's `opencode.db`, else its only database. */
function databaseIn(folder: string): string | null {
  const databases = databasesIn(folder);
  const [only, ...more] = databases;
  const usual = databases.find((path) => path === join(folder, "opencode.db"));
  if (!usual && more.length > 0) throw new SourceError({ code: "no-store", path: folder, others: databases });
  return usual ?? only ?? null;
}

/** The path, if it is that of a file that may be read and holds something. */
function readableFile(path: string): string {
  const found = statIfThere(path);
  if (!found) throw new SourceError({ code: "no-such-file", path });
  if (!found.isFile()) throw new SourceError({ code: "unknown-form", path, wanted: null });
  if (found.size === 0) throw new SourceError({ code: "empty-file", path });
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new SourceError({ code: "unreadable", path, reason: "permission denied" }, { cause: error });
  }
  return path;
}

/** True for what any source would read, and for the files of a storage folder: nothing of it may be overwritten. */
export async function holdsSessions(path: string): Promise<boolean> {
  if (belongsToSqlite(path)) return true;
  if (statIfThere(path)?.isFile() && (await sourceOf(path, sources))) return true;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if ((await opencodeStorage.recognize(folder)) === "mine") return true;
  return false;
}
