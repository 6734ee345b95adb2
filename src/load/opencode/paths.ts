import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

export type Env = Readonly<Record<string, string | undefined>>;

/** The home folder that OpenCode would take. */
export const homeDir = (env: Env) => env.OPENCODE_TEST_HOME ?? homedir();

/** OpenCode's data folder: XDG rules on every operating system. */
export function opencodeDataDir(env: Env): string {
  return join(env.XDG_DATA_HOME || join(homeDir(env), ".local", "share"), "opencode");
}

/** The folder of OpenCode's settings that hold for every project. */
export function opencodeConfigDir(env: Env): string {
  return join(env.XDG_CONFIG_HOME || join(homeDir(env), ".config"), "opencode");
}

/** Where OpenCode keeps what it knows of models. A relative `$OPENCODE_MODELS_PATH` means nothing here. */
export function modelsCache(env: Env): string {
  const named = env.OPENCODE_MODELS_PATH;
  if (named && isAbsolute(named)) return named;
  return join(env.XDG_CACHE_HOME || join(homeDir(env), ".cache"), "opencode", "models.json");
}

/** The database that OpenCode itself would open. A relative `$OPENCODE_DB` is joined to the data folder, as OpenCode does. */
export function defaultDatabase(env: Env): string {
  const named = env.OPENCODE_DB;
  if (named && named !== ":memory:") return isAbsolute(named) ? named : join(opencodeDataDir(env), named);
  return join(opencodeDataDir(env), "opencode.db");
}

/** Every `opencode*.db` of the data folder: release channels have files of their own. */
export function databasesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => /^opencode.*\.db$/.test(name))
      .sort()
      .map((name) => join(dir, name));
  } catch {
    return [];
  }
}
