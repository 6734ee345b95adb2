import { resolve } from "node:path";
import { openStore } from "../load/index.js";
import { databasesIn, defaultDatabase, opencodeDataDir } from "../load/opencode-paths.js";
import type { Store } from "../load/source.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

/** Opens what `--db` names, else the database that OpenCode itself would open. */
export async function openNamedStore(db: string | undefined, { cwd, env }: Context): Promise<Store> {
  if (db !== undefined) return openStore(resolve(cwd, db));
  const path = defaultDatabase(env);
  if (statIfThere(path)) return openStore(path);
  const others = databasesIn(opencodeDataDir(env));
  const advice =
    others.length > 0
      ? `Found ${others.join(", ")}; name one with --db PATH.`
      : "Run OpenCode once, or name a database with --db PATH.";
  throw new Failure(EXIT.notFound, `no OpenCode database: ${path}`, advice);
}

/** Opens a store for as long as `use` runs. */
export async function withStore<T>(store: Promise<Store>, use: (store: Store) => T | Promise<T>): Promise<T> {
  const opened = await store;
  try {
    return await use(opened);
  } finally {
    opened.close();
  }
}
