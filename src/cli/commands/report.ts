import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { analyze } from "../../analyze/index.js";
import { needsPriceBook } from "../../analyze/prices.js";
import { openStore } from "../../load/index.js";
import { withLocalFacts } from "../../load/opencode/local-facts.js";
import { openPriceBook } from "../../load/price-book.js";
import { selectSession } from "../../load/select-session.js";
import type { Store } from "../../load/source.js";
import { statIfThere } from "../../load/stat-if-there.js";
import { shapeOf } from "../../load/text-shape.js";
import type { RedactLevel } from "../../model/redaction.js";
import type { Report } from "../../model/report.js";
import type { Session } from "../../model/session.js";
import { formatCount, formatDuration } from "../../report/format.js";
import { displayTitle } from "../../report/visible.js";
import type { Context } from "../context.js";
import { EXIT, Failure } from "../failure.js";
import { defaultTarget, extensionOf, type Format, renderedAs } from "../formats.js";
import { openNamedStore, type SourceOptions, withStore } from "../open-source.js";
import { defaultFileName, writeOutput } from "../output.js";
import { packageVersion } from "../package-files.js";
import { redactedSession } from "../redacted-session.js";
import { readSettings } from "../settings-file.js";
import { appendStepSummary, stepSummaryPath } from "../step-summary.js";

export interface ReportOptions extends SourceOptions {
  readonly output?: string;
  readonly format: Format;
  readonly redact: RedactLevel;
  readonly fullTables?: boolean;
  readonly open?: boolean;
  /** Also append the Markdown to the file of the CI step's summary. */
  readonly stepSummary?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Look at OpenCode's settings on this machine too. */
  readonly local: boolean;
  /** The file with thresholds for suggestions. */
  readonly config?: string;
}

/** A session that changed this recently may not be over. */
const MAY_RUN_MS = 2 * 60_000;

/** `sessionflame report`: load, redact, analyze, render, write. */
export async function reportCommand(selector: string, options: ReportOptions, context: Context): Promise<void> {
  const say = options.quiet ? () => {} : context.stderr;
  const summaryPath = options.stepSummary ? stepSummaryPath(context) : null;
  const settings = options.local || options.config !== undefined ? readSettings(options.config, context) : {};
  const { store, wanted } = sourceOf(selector, options, context);
  const session = await withStore(store, (opened) => loadSession(opened, wanted, context, say));
  const redacted = await redactedSession(
    options.local ? withLocalFacts(session, context.env) : session,
    options.redact,
  );
  const book = needsPriceBook(redacted, settings) ? await openPriceBook() : null;
  const report = analyze(redacted, packageVersion(), book, settings);
  const format = options.json ? "json" : options.format;
  const text = renderedAs(format, report, options);
  const target = options.output ?? defaultTarget(format);
  if (summaryPath !== null) await appendStepSummary(renderedAs("markdown", report, options), summaryPath, say);
  if (target === "-") {
    context.stdout(text);
    return;
  }
  const path = await writeOutput(text, target, defaultFileName(redacted, extensionOf(format)), context);
  say(sentence(report));
  context.stdout(`${path}\n`);
  if (options.open) openInBrowser(path);
}

/** A selector that can only be a path is one, and means the last session in it. */
function sourceOf(
  selector: string,
  options: ReportOptions,
  context: Context,
): { store: Promise<Store>; wanted: string } {
  const { db, server } = options;
  const other = db === undefined ? (server === undefined ? null : `--server ${server}`) : `--db ${db}`;
  if (other !== null && /\.(db|json|jsonl|ndjson)$/.test(selector))
    throw new Failure(EXIT.usage, `two sources: ${selector} and ${other}`, "Name one of them.");
  if (db === undefined && server === undefined && isPath(selector, context))
    return { store: openStore(resolve(context.cwd, selector), options), wanted: "last" };
  return { store: openNamedStore(options, context), wanted: selector };
}

/** A title may hold a slash, and a folder may be named like a session: only what is written as a path is one. */
function isPath(selector: string, { cwd }: Context): boolean {
  if (/^\.{1,2}$|^(\.{1,2})?[/\\]|^[A-Za-z]:[/\\]|\.(db|json|jsonl|ndjson)$/.test(selector)) return true;
  return /[/\\]/.test(selector) && statIfThere(resolve(cwd, selector)) !== null;
}

async function loadSession(
  store: Store,
  selector: string,
  { cwd, now }: Context,
  say: Context["stderr"],
): Promise<Session> {
  const entry = await selectSession(store, selector, cwd);
  const session = await store.load(entry.id, shapeOf);
  const mayRun = session.outcome === "unfinished" && now() - entry.updatedAt < MAY_RUN_MS;
  if (mayRun) say("The session may still be running: the report shows what is recorded so far.\n");
  return session;
}

function sentence({ session, summary }: Report): string {
  const time = `${formatDuration(summary.activeMs)} of work in ${formatDuration(summary.wallMs)}`;
  const tokens = summary.tokens.total > 0 ? `, ${formatCount(summary.tokens.total)} tokens` : "";
  return `${displayTitle(session.title)}: ${time}${tokens}.\n`;
}

function openInBrowser(path: string): void {
  const [command, ...args] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  const child = spawn(command as string, [...args, path], { detached: true, stdio: "ignore" });
  child.on("error", () => {}); // the path has been printed; a missing browser is no failure of the report
  child.unref();
}
