import { type BudgetName, check } from "../../analyze/budgets/index.js";
import type { Check } from "../../model/check.js";
import type { Report } from "../../model/report.js";
import { checkSentence } from "../../report/check-words.js";
import { visibleLine } from "../../report/visible.js";
import type { AnalysisOptions } from "../analyzed-session.js";
import { readBudgets } from "../check-budgets.js";
import { checkAs, checkFileName } from "../check-formats.js";
import type { CheckFormat } from "../check-options.js";
import type { Context } from "../context.js";
import { EXIT, Failure } from "../failure.js";
import type { SourceOptions } from "../open-source.js";
import { writeOutput } from "../output.js";
import { oneReport } from "../read-report.js";
import { savedReport } from "../saved-report.js";
import { sessionReport } from "../session-report.js";

/** Budgets are as they were typed. */
export interface CheckOptions
  extends SourceOptions,
    AnalysisOptions,
    Readonly<Partial<Record<BudgetName | "baseline" | "maxRegression", string>>> {
  readonly maxP95?: readonly string[];
  /** true for all; else ids with commas between them. */
  readonly allowUnknown?: true | string;
  readonly format: CheckFormat;
  readonly json?: boolean;
  readonly output: string;
  readonly quiet?: boolean;
  readonly config?: string;
  /** A Report that was written before, instead of a session. */
  readonly from?: string;
  /** What stands on the command line, as opposed to defaults: `session` and long options. */
  readonly given: ReadonlySet<string>;
}

/** `sessionflame check`: holds the figures of one session against budgets, writes what it found, and fails where one is not kept. */
export async function checkCommand(selector: string, options: CheckOptions, context: Context): Promise<void> {
  const say = options.quiet ? () => {} : context.stderr;
  const { budgets, baseline } = await readBudgets(options, context);
  const found = check(await checkedReport(selector, options, context, say), budgets);
  const format = options.json ? "json" : options.format;
  const text = checkAs(format, found);
  if (options.output === "-") context.stdout(text);
  else {
    const inputs = [options.from, baseline, options.config];
    context.stdout(`${await writeOutput(text, options.output, checkFileName(format), context, inputs)}\n`);
  }
  if (!found.ok) throw notKept(found);
  say(`${checkSentence(found)}.\n`);
}

async function checkedReport(
  selector: string,
  options: CheckOptions,
  context: Context,
  say: Context["stderr"],
): Promise<Report> {
  // The settings file is where budgets stand: beside a Report too.
  const given = new Set([...options.given].filter((name) => name !== "--config"));
  const asReport = { ...options, format: "json", given } as const;
  return options.from === undefined
    ? sessionReport(selector, asReport, context, say)
    : oneReport(await savedReport(options.from, asReport, context), options.from).report;
}

function notKept(found: Check): Failure {
  const isUnknown = found.budgets.some(({ status, allowsUnknown }) => status === "unknown" && !allowsUnknown);
  const advice = isUnknown ? " What is not known fails, unless --allow-unknown is given." : "";
  return new Failure(
    EXIT.overBudget,
    visibleLine(checkSentence(found)),
    `\`sessionflame report\` shows where it went.${advice}`,
  );
}
