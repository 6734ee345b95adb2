import { resolve } from "node:path";
import type { Report } from "../../model/report.js";
import type { EpochMs } from "../../model/units.js";
import { formatCount, formatDuration } from "../../report/format.js";
import { displayTitle, visibleLine } from "../../report/visible.js";
import type { AnalysisOptions } from "../analyzed-session.js";
import type { Context } from "../context.js";
import { EXIT, Failure } from "../failure.js";
import { defaultTarget, extensionOf, type Format, renderedAs } from "../formats.js";
import { openInBrowser } from "../open-in-browser.js";
import type { SourceOptions } from "../open-source.js";
import { defaultFileName, writeOutput } from "../output.js";
import { refuseLarge } from "../page-limit.js";
import type { ReadDocument } from "../read-report.js";
import type { FilterOptions } from "../session-filter.js";
import { sessionReport, withMadeAt } from "../session-report.js";
import { appendStepSummary, stepSummaryPath } from "../step-summary.js";

export interface ReportOptions extends SourceOptions, AnalysisOptions, FilterOptions {
  /** Every session that the filters leave, on one page. */
  readonly all?: boolean;
  readonly output?: string;
  readonly format: Format;
  readonly fullTables?: boolean;
  readonly allowLarge?: boolean;
  readonly open?: boolean;
  /** Also append the Markdown to the file of the CI step's summary. */
  readonly stepSummary?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** The file with thresholds for suggestions. */
  readonly config?: string;
  /** A Report that was written before, instead of a session. */
  readonly from?: string;
  /** What time it is taken to be. */
  readonly now?: EpochMs;
  /** What stands on the command line, as opposed to defaults: `session` and long options. */
  readonly given: ReadonlySet<string>;
}

/** `sessionflame report`: load, redact and analyze, or read what that gave before; then render and write. */
export async function reportCommand(
  selectors: readonly string[],
  options: ReportOptions,
  context: Context,
): Promise<void> {
  const summaryPath = options.stepSummary ? stepSummaryPath(context) : null;
  const read = options.from === undefined ? null : await documentFrom(options.from, options, context);
  if (read && !("report" in read)) return (await import("../collection.js")).rewriteCollection(read, options, context);
  if (!read && isForSeveral(selectors, options))
    return (await import("../collection.js")).writeCollection(selectors, options, context);
  const say = options.quiet ? () => {} : context.stderr;
  const report = read
    ? dated(read.report, options)
    : await sessionReport(selectors[0] ?? "last", options, context, say);
  await writeReport(report, summaryPath, options, context, say);
}

/** Several that are named, or whatever filters leave, be it one. */
function isForSeveral(selectors: readonly string[], { all, days, project }: ReportOptions): boolean {
  return selectors.length > 1 || all === true || days !== undefined || project !== undefined;
}

async function writeReport(
  report: Report,
  summaryPath: string | null,
  options: ReportOptions,
  context: Context,
  say: Context["stderr"],
): Promise<void> {
  const format = options.json ? "json" : options.format;
  const text = renderedAs(format, report, options);
  if (!options.allowLarge) refuseLarge(text, format);
  const target = options.output ?? defaultTarget(format);
  if (summaryPath !== null && resolve(context.cwd, target) === summaryPath) throw sameFile(target);
  const path =
    target === "-"
      ? null
      : await writeOutput(
          text,
          target,
          defaultFileName(report.session, extensionOf(format)),
          context,
          inputsOf(options),
        );
  if (path !== null) say(sentence(report));
  context.stdout(path === null ? text : `${path}\n`);
  if (path !== null && options.open) openInBrowser(path);
  // What fails above can be tried again without standing in the summary twice.
  if (summaryPath !== null) await appendStepSummary(renderedAs("markdown", report, options), summaryPath, say);
}

/** What is named to be read, beside sessions. */
export function inputsOf({ from, telemetry, recording, config }: Partial<ReportOptions>): (string | undefined)[] {
  return [from, telemetry, recording, config];
}

/** What is to be said where the report would replace what the summary is added to. */
export function sameFile(target: string): Failure {
  return new Failure(
    EXIT.usage,
    visibleLine(`--step-summary and -o name the same file: ${target}`),
    "The summary is added to that file, the report would replace it: name another with -o FILE.",
  );
}

async function documentFrom(file: string, options: ReportOptions, context: Context): Promise<ReadDocument> {
  const { savedReport } = await import("../saved-report.js"); // the schema takes time to load
  return savedReport(file, options, context);
}

function dated(report: Report, { now }: ReportOptions): Report {
  return now === undefined ? report : withMadeAt(report, now);
}

function sentence({ session, summary }: Report): string {
  const time = `${formatDuration(summary.activeMs)} of work in ${formatDuration(summary.wallMs)}`;
  const tokens = summary.tokens.total > 0 ? `, ${formatCount(summary.tokens.total)} tokens` : "";
  return `${displayTitle(session.title)}: ${time}${tokens}.\n`;
}
