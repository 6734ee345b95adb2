import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

type Env = Readonly<Record<string, string | undefined>>;

/** OpenCode's data folder: XDG rules on every operating system. */
export function opencodeDataDir(env: Env): string {
  const home = env.OPENCODE_TEST_HOME ?? homedir();
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "opencode");
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
