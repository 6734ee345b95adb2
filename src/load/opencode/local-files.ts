import { dirname, isAbsolute, join, resolve } from "node:path";
import { readText } from "../read-text.js";
import { statIfThere } from "../stat-if-there.js";
import { type Env, opencodeConfigDir } from "./paths.js";

const LIMIT_BYTES = 20 * 1024 ** 2;

/** A settings file that is there: what it says, or why it cannot be used. */
export type LocalFile = { readonly path: string } & ({ readonly value: unknown } | { readonly problem: string });

/** Reads a small file; null where there is none. Never throws. `parsed` answers undefined for what it cannot read. */
export function localFile(path: string, parsed: (text: string) => unknown): LocalFile | null {
  const stat = statIfThere(path);
  if (!stat?.isFile()) return null;
  if (stat.size > LIMIT_BYTES) return { path, problem: "it is larger than 20 MB" };
  try {
    const value = parsed(readText(path));
    return value === undefined ? { path, problem: "it is not readable as JSON" } : { path, value };
  } catch {
    return { path, problem: "it cannot be read" };
  }
}

/**
 * Where OpenCode would look for settings of a session in `directory`, what holds least first: for all projects, what
 * the environment names, the project from its root down.
 */
export function settingsPaths(directory: string, env: Env): string[] {
  const folder = opencodeConfigDir(env);
  const paths = [
    ...["config.json", "opencode.json", "opencode.jsonc"].map((name) => join(folder, name)),
    ...(env.OPENCODE_CONFIG && isAbsolute(env.OPENCODE_CONFIG) ? [resolve(env.OPENCODE_CONFIG)] : []),
    ...projectFolders(directory).flatMap((project) => [
      ...settingsIn(project),
      ...settingsIn(join(project, ".opencode")),
    ]),
  ];
  return paths.filter((path, i) => paths.lastIndexOf(path) === i);
}

function settingsIn(folder: string): string[] {
  return [join(folder, "opencode.json"), join(folder, "opencode.jsonc")];
}

/** From the git root, or else the file system's, down to `directory`; none where it is not a folder of this machine. */
export function projectFolders(directory: string): string[] {
  const isHere = isAbsolute(directory) && !isOnNetwork(directory) && statIfThere(directory)?.isDirectory();
  if (!isHere) return [];
  const folders: string[] = [];
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (statIfThere(join(folder, ".git")) || folder === dirname(folder)) return folders;
  }
}

/** A session from elsewhere must not make this machine ask a server for files: `\\server\share`. */
function isOnNetwork(path: string): boolean {
  return /^[\\/]{2}/.test(path);
}
