import { dirname, resolve } from "node:path";
import { openStore } from "../load/index.js";
import { databasesIn, defaultDatabase, opencodeDataDir } from "../load/opencode/paths.js";
import { openServer } from "../load/opencode-server.js";
import type { Store } from "../load/source.js";
import { SourceError } from "../load/source-error.js";
import { statIfThere } from "../load/stat-if-there.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

/** Where a command looks for sessions. */
export interface SourceOptions {
  readonly db?: string;
  readonly source?: string;
  readonly server?: string;
  readonly partial?: boolean;
}

/** Opens the server or the path that was named, else the data of OpenCode on this machine. */
export async function openNamedStore(options: SourceOptions, context: Context): Promise<Store> {
  const { db, server } = options;
  if (server !== undefined) return openNamedServer(server, options, context);
  if (db !== undefined) return openStore(resolve(context.cwd, db), options);
  const path = defaultDatabase(context.env);
  if (statIfThere(path)) return openStore(path, options);
  if (context.env.OPENCODE_DB) throw noData(path, context);
  try {
    return await openStore(dirname(path), options); // OpenCode 1.0 and 1.1 left files, not a database
  } catch (error) {
    const isNothing = error instanceof SourceError && ["no-store", "no-such-file"].includes(error.problem.code);
    throw isNothing ? noData(path, context) : error;
  }
}

function openNamedServer(server: string, { db, source }: SourceOptions, { env }: Context): Promise<Store> {
  const other = db === undefined ? (source === undefined ? null : "--source") : "--db";
  if (other) throw new Failure(EXIT.usage, `two sources: --server and ${other}`, "Name one of them.");
  const url = URL.canParse(server) ? new URL(server) : null;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new Failure(EXIT.usage, "--server wants an address", "For example: --server http://127.0.0.1:4096");
  if (url.username || url.password)
    throw new Failure(
      EXIT.usage,
      "--server takes no password in the address",
      "Set OPENCODE_SERVER_PASSWORD instead: other users of this machine can see what stands on a command line.",
    );
  return openServer(url, {
    username: env.OPENCODE_SERVER_USERNAME || "opencode",
    password: env.OPENCODE_SERVER_PASSWORD || env.OPENCODE_PASSWORD || null,
  });
}

function noData(path: string, { env }: Context): Failure {
  const others = databasesIn(opencodeDataDir(env)).filter((other) => other !== path);
  const advice =
    others.length > 0
      ? `Found ${others.join(", ")}; name one with --db PATH.`
      : "Run OpenCode once, or name a database, a storage folder or an export with --db PATH.";
  return new Failure(EXIT.notFound, `no OpenCode database: ${path}`, advice);
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
