import { resolve } from "node:path";
import { analyze } from "../analyze/index.js";
import { needsPriceBook } from "../analyze/prices.js";
import { openStore } from "../load/index.js";
import { withLocalFacts } from "../load/opencode/local-facts.js";
import { openPriceBook } from "../load/price-book.js";
import { selectSession } from "../load/select-session.js";
import type { Store } from "../load/source.js";
import { statIfThere } from "../load/stat-if-there.js";
import { shapeOf } from "../load/text-shape.js";
import type { Report, ReportNote } from "../model/report.js";
import type { Session } from "../model/session.js";
import type { EpochMs, Milliseconds } from "../model/units.js";
import type { ReportOptions } from "./commands/report.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { declaredNow } from "./moment.js";
import { openNamedStore, withStore } from "./open-source.js";
import { packageVersion } from "./package-files.js";
import { redactedSession } from "./redacted-session.js";
import { readSettings } from "./settings-file.js";

/** Load, redact, analyze. `say`: what is for the user alone, not for the Report. */
export async function sessionReport(
  selector: string,
  options: ReportOptions,
  context: Context,
  say: Context["stderr"],
): Promise<Report> {
  const madeAt = declaredNow(options.now, context);
  const settings = options.local || options.config !== undefined ? readSettings(options.config, context) : {};
  const { store, wanted } = sourceOf(selector, options, context);
  const { session, mayRun } = await withStore(store, (opened) =>
    loadSession(opened, wanted, context.cwd, madeAt ?? context.now()),
  );
  if (mayRun) say(`${MAY_RUN}\n`);
  const whole = options.local ? await withLocalFacts(session, context.env) : session;
  const redacted = await redactedSession(whole, options.redact);
  const book = needsPriceBook(redacted, settings) ? await openPriceBook() : null;
  const report = analyze(redacted, packageVersion(), book, settings);
  const isSaid = mayRun && (madeAt !== null || options.server !== undefined);
  return withNote(madeAt === null ? report : withMadeAt(report, madeAt), isSaid ? MAY_RUN : null);
}

/** A session that changed this recently may not be over. */
const MAY_RUN_MS: Milliseconds = 2 * 60_000;
const MAY_RUN = "The session may still be running: the report shows what is recorded so far.";

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
  cwd: string,
  now: EpochMs,
): Promise<{ session: Session; mayRun: boolean }> {
  const entry = await selectSession(store, selector, cwd);
  const session = await store.load(entry.id, shapeOf);
  return { session, mayRun: session.outcome === "unfinished" && now - entry.updatedAt < MAY_RUN_MS };
}

export function withMadeAt(report: Report, madeAt: EpochMs): Report {
  return { ...report, generator: { ...report.generator, madeAt } };
}

function withNote(report: Report, text: string | null): Report {
  const note: ReportNote[] = text === null ? [] : [{ kind: "info", text }];
  return { ...report, notes: [...note, ...report.notes] };
}
