import { lstatSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { opencodeConfigDir } from "../load/opencode/paths.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { hasEntry } from "./plugin-entry.js";

/** Where the recorder goes: its file, and the config that lists it. */
export interface PluginPlace {
  readonly plugin: string;
  /** The folder that holds the plugin's, OpenCode's own: it is made where there is none. */
  readonly folder: string;
  /** Those that are there, the first one being that which a new entry goes into. */
  readonly configs: readonly ConfigFile[];
  /** What is made where there is none. */
  readonly newConfig: string;
  /** How a config names the plugin's file. OpenCode takes `./` as relative to the config. */
  readonly spec: (config: string) => string;
}

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly hasEntry: boolean;
}

// Not in `plugin` or `plugins`, where OpenCode would load it a second time, without options.
const FILE = ["sessionflame", "plugin.js"] as const;

/** For all projects of this user: named by its URL, whatever the config is a link to. */
export function globalPlace({ env }: Pick<Context, "env">): PluginPlace {
  const folder = opencodeConfigDir(env);
  const plugin = join(folder, ...FILE);
  return {
    plugin,
    folder,
    configs: configsAt(["opencode.json", "opencode.jsonc", "config.json"].map((name) => join(folder, name))),
    newConfig: join(folder, "opencode.json"),
    spec: () => pathToFileURL(plugin).href,
  };
}

/** For one project: named relatively, so that the config holds on every machine. */
export function projectPlace({ cwd }: Pick<Context, "cwd">): PluginPlace {
  const project = projectFolder(cwd);
  const own = join(project, ".opencode");
  return {
    plugin: join(own, ...FILE),
    folder: own,
    configs: configsAt([project, own].flatMap((folder) => CONFIGS.map((name) => join(folder, name)))),
    newConfig: join(project, "opencode.json"),
    spec: (config) => `./${[...(dirname(config) === own ? [] : [".opencode"]), ...FILE].join("/")}`,
  };
}

const CONFIGS = ["opencode.json", "opencode.jsonc"];

/** The nearest folder upwards that OpenCode or git knows, else the current one. */
function projectFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (
      basename(folder) !== ".opencode" &&
      [...CONFIGS, ".opencode", ".git"].some((name) => isThere(join(folder, name)))
    )
      return folder;
    if (dirname(folder) === folder) return from;
  }
}

/** One that lists the plugin already stands before the others. */
function configsAt(paths: readonly string[]): ConfigFile[] {
  const configs = paths.filter(isThere).map(configFile);
  return [...configs.filter((config) => config.hasEntry), ...configs.filter((config) => !config.hasEntry)];
}

function configFile(path: string): ConfigFile {
  const text = textOf(path);
  const isListed = hasEntry(text);
  if (isListed !== null) return { path, text, hasEntry: isListed };
  throw unreadable(
    `not readable as settings of OpenCode: ${path}`,
    "Nothing was changed. It must hold one object, and `plugin` in it must be a list.",
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw unreadable(`cannot read ${path}: ${code}`, "Nothing was changed. Check the file's permissions.", error);
  }
}

function unreadable(fact: string, advice: string, cause?: unknown): Failure {
  return new Failure(EXIT.unreadable, visibleLine(fact), advice, { cause });
}

/** A link that leads nowhere is there too: it is not ours to replace. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
