import { readFileSync } from "node:fs";
import { join } from "node:path";
import { opencodeDataDir } from "../../load/opencode/paths.js";
import { visibleLine } from "../../report/visible.js";
import type { Context } from "../context.js";
import { packageFile } from "../package-files.js";
import { type FileChange, installed, type PluginChanges, removed } from "../plugin-files.js";
import { globalPlace, projectPlace } from "../plugin-place.js";

export interface InstallOptions {
  readonly global?: boolean;
  readonly remove?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * `sessionflame install`: puts the recorder into OpenCode, for this project or for all; `--remove` takes it out. Twice
 * is as once. `builtPlugin` is the file that is copied.
 */
export function installCommand(
  options: InstallOptions,
  context: Context,
  builtPlugin = packageFile("dist", "plugin.js"),
): void {
  const place = placeOf(options.global, context);
  const changes = options.remove ? removed(place) : installed(place, readFileSync(builtPlugin));
  const recordings = join(opencodeDataDir(context.env), "sessionflame");
  context.stdout(options.json ? `${JSON.stringify({ ...changes, recordings })}\n` : pathsOf(changes));
  if (options.quiet || options.json) return;
  const lines = [
    ...said(changes),
    ...(options.remove ? [] : twiceWarning(options, context)),
    after(options, recordings),
    ...(options.remove ? [] : [RELEASES]),
  ];
  context.stderr(lines.map((line) => `${visibleLine(line)}\n`).join(""));
}

function placeOf(isGlobal: boolean | undefined, context: Context) {
  return isGlobal ? globalPlace(context) : projectPlace(context);
}

/** Of files that are not there, none is named. */
function pathsOf({ plugin, configs }: PluginChanges): string {
  const files = [plugin, ...configs].filter(({ change }) => change !== "not-there");
  return files.map(({ path }) => `${path}\n`).join("");
}

const PLUGIN_WORDS: Readonly<Record<FileChange["change"], string>> = {
  made: "put in place",
  changed: "brought up to date",
  unchanged: "was in place already",
  removed: "removed",
  "not-there": "is not installed",
};
const CONFIG_WORDS: Readonly<Record<FileChange["change"], string>> = {
  made: "was made, and lists the recorder",
  changed: "changed",
  unchanged: "lists the recorder already",
  removed: "removed: it held nothing else",
  "not-there": "is not there",
};

const RELEASES =
  "That is OpenCode 1.14 to 1.18: 1.3 and older refuse settings in which a plugin has options, and 2.x goes on without it.";

function said({ plugin, configs }: PluginChanges): string[] {
  return [
    `The recorder ${PLUGIN_WORDS[plugin.change]}: ${plugin.path}`,
    ...configs.map(({ path, change }) => `OpenCode's settings: ${path} ${CONFIG_WORDS[change]}.`),
  ];
}

function after({ remove }: InstallOptions, recordings: string): string {
  return remove
    ? `Recordings are kept: ${recordings}`
    : `Sessions are recorded from the next start of OpenCode on, into ${recordings}; \`sessionflame report\` uses that.`;
}

/** OpenCode loads both: they are two files. */
function twiceWarning({ global: isGlobal }: InstallOptions, context: Context): string[] {
  try {
    const other = placeOf(!isGlobal, context);
    const config = other.configs.find(({ hasEntry }) => hasEntry);
    if (!config || other.plugin === placeOf(isGlobal, context).plugin) return [];
    const how = isGlobal ? "--remove" : "--global --remove";
    return [`OpenCode loads it twice, also by ${config.path}: \`sessionflame install ${how}\` takes that one out.`];
  } catch {
    return []; // A config that cannot be read, and that nothing was asked about.
  }
}
