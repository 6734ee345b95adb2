import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ruleSettings } from "../analyze/rule-settings.js";
import type { RuleSettings } from "../analyze/thresholds.js";
import { parsedJson } from "../load/json-text.js";
import { statIfThere } from "../load/stat-if-there.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

export const SETTINGS_FILE = "sessionflame.config.json";

/** The thresholds of the named file, else of the nearest `sessionflame.config.json` from the current folder upwards. */
export function readSettings(named: string | undefined, { cwd }: Context): RuleSettings {
  const path = named === undefined ? nearest(cwd) : resolve(cwd, named);
  if (path === null) return {};
  const read = ruleSettings(parsedJson(textOf(path)));
  if ("settings" in read) return read.settings;
  throw new Failure(
    EXIT.usage,
    visibleLine(`not usable as settings: ${path}: ${read.problem}`),
    'Write {"thresholds": {"RULE": {"NAME": NUMBER}}}; the README lists rules and names.',
  );
}

function nearest(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, SETTINGS_FILE);
    if (statIfThere(path)?.isFile()) return path;
    if (dirname(folder) === folder) return null;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "ENOENT"
      ? new Failure(EXIT.notFound, visibleLine(`no such file: ${path}`), "Name a settings file with --config PATH.")
      : new Failure(EXIT.unreadable, visibleLine(`cannot read ${path}: ${code}`), "Check the file's permissions.");
  }
}
