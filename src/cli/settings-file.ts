import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ruleSettings } from "../analyze/rule-settings.js";
import type { RuleSettings } from "../analyze/thresholds.js";
import { parsedJson } from "../load/json-text.js";
import { decodedText } from "../load/read-text.js";
import { statIfThere } from "../load/stat-if-there.js";
import { isFields } from "../report/fields.js";
import { visibleLine } from "../report/visible.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";

export const SETTINGS_FILE = "sessionflame.config.json";

/** A settings file that is there. */
export interface SettingsFile {
  readonly path: string;
  readonly thresholds: RuleSettings;
  /** As they were written: only `check` reads them. */
  readonly budgets: unknown;
}

/** The thresholds of the named file, else of the nearest `sessionflame.config.json` from the current folder upwards. */
export function readSettings(named: string | undefined, context: Context): RuleSettings {
  return settingsFile(named, context)?.thresholds ?? {};
}

/** The named file, else the nearest one; null where there is none. */
export function settingsFile(named: string | undefined, { cwd }: Context): SettingsFile | null {
  const path = named === undefined ? nearest(cwd) : resolve(cwd, named);
  if (path === null) return null;
  const value = parsedJson(textOf(path));
  const read = value === undefined ? { problem: "it is not JSON" } : ruleSettings(value);
  if ("settings" in read)
    return { path, thresholds: read.settings, budgets: isFields(value) ? value.budgets : undefined };
  throw unusableSettings(
    path,
    read.problem,
    'Write {"thresholds": {"RULE": {"NAME": NUMBER}}}; the README lists rules and names.',
  );
}

export function unusableSettings(path: string, problem: string, advice: string): Failure {
  return new Failure(EXIT.usage, visibleLine(`not usable as settings: ${path}: ${problem}`), advice);
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
    return decodedText(readFileSync(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "ENOENT"
      ? new Failure(EXIT.notFound, visibleLine(`no such file: ${path}`), "Name a settings file with --config PATH.")
      : new Failure(EXIT.unreadable, visibleLine(`cannot read ${path}: ${code}`), "Check the file's permissions.");
  }
}
