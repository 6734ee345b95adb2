import { dirname, resolve } from "node:path";
import { BUDGET_NAMES, type Budgets } from "../analyze/budgets/index.js";
import { type BudgetSettings, budgetSettings, type SettingProblem } from "../load/budget-settings.js";
import { visibleLine } from "../report/visible.js";
import type { CheckOptions } from "./commands/check.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { readReport } from "./read-report.js";
import { type SettingsFile, settingsFile, unusableSettings } from "./settings-file.js";

interface ReadBudgets {
  readonly budgets: Budgets;
  /** The file of the report that is compared with. */
  readonly baseline?: string | undefined;
}

/** The budgets of the command line, else of the settings file, one by one. Fails where there is none, or one that cannot be read. */
export async function readBudgets(options: CheckOptions, context: Context): Promise<ReadBudgets> {
  const file = options.local || options.config !== undefined ? settingsFile(options.config, context) : null;
  const ofFile = file === null ? {} : budgetsInFile(file);
  const ofLine = budgetsOnLine(options);
  const settings = { ...ofFile, ...ofLine, maxP95: [...(ofFile.maxP95 ?? []), ...(ofLine.maxP95 ?? [])] };
  const names = BUDGET_NAMES.filter((name) => settings[name] !== undefined);
  const { allowUnknown = false } = settings;
  const isSetOnLine = ofLine.baseline !== undefined || ofLine.maxRegression !== undefined;
  const regression = await regressionOf(settings, isSetOnLine ? null : file, options, context);
  if (names.length === 0 && settings.maxP95.length === 0 && regression === null) throw noBudget();
  const budgets = {
    limits: Object.fromEntries(names.map((name) => [name, settings[name]])),
    p95Ms: new Map(settings.maxP95),
    regression,
    allowsUnknown: Array.isArray(allowUnknown) ? new Set(allowUnknown) : allowUnknown,
  };
  return { budgets, baseline: settings.baseline };
}

function budgetsInFile(file: SettingsFile): BudgetSettings {
  const read = budgetSettings(file.budgets ?? {});
  if ("problem" in read)
    throw unusableSettings(file.path, `${["budgets", ...read.path].join(".")}: ${read.problem}`, HOW_IN_FILE);
  const { baseline } = read.settings;
  return baseline === undefined ? read.settings : { ...read.settings, baseline: resolve(dirname(file.path), baseline) };
}

const HALF_IN_FILE = 'Write both: {"budgets": {"baseline": "main.json", "maxRegression": "10%"}}.';
const HOW_IN_FILE = 'Write {"budgets": {"maxActive": "10m", "maxCost": 1.5}}; the README lists the names.';

function budgetsOnLine(options: CheckOptions): BudgetSettings {
  const { maxP95, baseline, maxRegression, allowUnknown } = options;
  const limits = BUDGET_NAMES.map((name) => [name, options[name]] as const);
  const ids = typeof allowUnknown === "string" ? allowUnknown.split(",").map((id) => id.trim()) : allowUnknown;
  const written = { ...Object.fromEntries(limits), maxP95, baseline, maxRegression, allowUnknown: ids };
  const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  const read = budgetSettings(given);
  if ("settings" in read) return read.settings;
  throw new Failure(EXIT.usage, visibleLine(`${optionOf(read)}: ${read.problem}`), howOnLine(read));
}

/** What stands behind --allow-unknown is its value, be it meant as a session. */
function howOnLine({ path: [name] }: SettingProblem): string {
  return name === "allowUnknown"
    ? "Name budgets as `check --json` does, or none; a session stands before --allow-unknown."
    : "`sessionflame check --help` shows how each budget is written.";
}

/** `--max-cost` for `maxCost`. */
function optionOf({ path: [name = ""] }: SettingProblem): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function noBudget(): Failure {
  return new Failure(
    EXIT.usage,
    "no budget is set",
    'Set one: --max-active 10m, --max-cost 1.50, ..., or {"budgets": {"maxActive": "10m"}} in sessionflame.config.json.',
  );
}

/** `file`: where half of it stands, should the other half be missing; null for the command line. */
async function regressionOf(
  { baseline, maxRegression }: BudgetSettings,
  file: SettingsFile | null,
  { from }: CheckOptions,
  context: Context,
): Promise<Budgets["regression"]> {
  if (baseline === undefined && maxRegression === undefined) return null;
  if (baseline === undefined || maxRegression === undefined) throw half(baseline === undefined, file);
  if (baseline === "-" && from === "-")
    throw new Failure(EXIT.usage, "--baseline and --from are both standard input", "Name a file for one of them.");
  const { report } = await readReport(baseline, "page-or-json", context);
  return { baseline: report, most: maxRegression };
}

function half(lacksBaseline: boolean, file: SettingsFile | null): Failure {
  const [there, missing] = lacksBaseline ? ["maxRegression", "baseline"] : ["baseline", "maxRegression"];
  if (file) return unusableSettings(file.path, `budgets.${there} without budgets.${missing}`, HALF_IN_FILE);
  return lacksBaseline
    ? new Failure(EXIT.usage, "--max-regression without a baseline", "Name a report to compare with: --baseline FILE.")
    : new Failure(EXIT.usage, "--baseline without a limit", "Say how much more is allowed: --max-regression 10%.");
}
