import { selectSession } from "../load/select-session.js";
import type { Store } from "../load/source.js";
import { shapeOf } from "../load/text-shape.js";
import type { Report, ReportNote } from "../model/report.js";
import type { Session } from "../model/session.js";
import type { EpochMs, Milliseconds } from "../model/units.js";
import { type AnalysisOptions, analyzedSession } from "./analyzed-session.js";
import type { Context } from "./context.js";
import { declaredNow } from "./moment.js";
import { namedSource } from "./named-source.js";
import { type SourceOptions, withStore } from "./open-source.js";
import { readSettings } from "./settings-file.js";
import { keepingHeapSmall } from "./small-heap.js";

export interface SessionReportOptions extends SourceOptions, AnalysisOptions {
  /** The file with thresholds for suggestions. */
  readonly config?: string;
  /** What time it is taken to be. */
  readonly now?: EpochMs;
}

/** Load, redact, analyze. `say`: what is for the user alone, not for the Report. */
export async function sessionReport(
  selector: string,
  options: SessionReportOptions,
  context: Context,
  say: Context["stderr"],
): Promise<Report> {
  const madeAt = declaredNow(options.now, context);
  const settings = options.local || options.config !== undefined ? readSettings(options.config, context) : {};
  const { store, wanted } = namedSource(selector, options, context);
  const { session, mayRun, storePath } = await withStore(store, (opened) =>
    loadSession(opened, wanted, context.cwd, madeAt ?? context.now()),
  );
  if (mayRun) say(`${MAY_RUN}\n`);
  const { report } = await analyzedSession(session, { ...options, storePath }, context, settings);
  const isSaid = mayRun && (madeAt !== null || options.server !== undefined);
  return withNote(madeAt === null ? report : withMadeAt(report, madeAt), isSaid ? MAY_RUN : null);
}

/** A session that changed this recently may not be over. */
const MAY_RUN_MS: Milliseconds = 2 * 60_000;
const MAY_RUN = "The session may still be running: the report shows what is recorded so far.";

async function loadSession(
  store: Store,
  selector: string,
  cwd: string,
  now: EpochMs,
): Promise<{ session: Session; mayRun: boolean; storePath: string }> {
  const entry = await selectSession(store, selector, cwd);
  const session = await store.load(entry.id, keepingHeapSmall(shapeOf));
  const mayRun = session.outcome === "unfinished" && now - entry.updatedAt < MAY_RUN_MS;
  return { session, mayRun, storePath: store.path };
}

export function withMadeAt(report: Report, madeAt: EpochMs): Report {
  return { ...report, generator: { ...report.generator, madeAt } };
}

function withNote(report: Report, text: string | null): Report {
  const note: ReportNote[] = text === null ? [] : [{ kind: "info", text }];
  return { ...report, notes: [...note, ...report.notes] };
}
