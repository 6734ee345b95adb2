import { analyze } from "../analyze/index.js";
import { needsPriceBook } from "../analyze/prices.js";
import type { RuleSettings } from "../analyze/thresholds.js";
import { withLocalFacts } from "../load/opencode/local-facts.js";
import { openPriceBook } from "../load/price-book.js";
import type { RedactLevel } from "../model/redaction.js";
import type { Report } from "../model/report.js";
import type { Session } from "../model/session.js";
import type { Pseudonyms } from "../redact/pseudonyms.js";
import type { Context } from "./context.js";
import { withFoundRecordings } from "./found-recordings.js";
import { packageVersion } from "./package-files.js";
import { redactedSession } from "./redacted-session.js";
import { withToldTelemetry } from "./told-telemetry.js";

/** What is read beside a session, and what of all is left out. */
export interface AnalysisOptions {
  /** Look at OpenCode's settings and skills on this machine too, at recordings, and at telemetry files in the session's folder. */
  readonly local: boolean;
  /** A telemetry file, or a folder of them, instead of those in the session's folder. */
  readonly telemetry?: string;
  /** A recording, or a folder of them, instead of those at their usual places. */
  readonly recording?: string;
  readonly redact: RedactLevel;
  /** Where the session was read from: recordings may lie beside it. */
  readonly storePath?: string;
  /** At `strict`, those that sessions share which are compared, or stand on one page. */
  readonly pseudonyms?: Pseudonyms;
}

/** A loaded session: what lies beside it added, redacted, analyzed. `redacted`: what the Report was made from. */
export async function analyzedSession(
  session: Session,
  options: AnalysisOptions,
  context: Context,
  settings: RuleSettings = {},
): Promise<{ readonly report: Report; readonly redacted: Session }> {
  const recorded = await withFoundRecordings(session, options, context);
  const whole = options.local ? await withLocalFacts(recorded, context.env) : recorded;
  const told = await withToldTelemetry(whole, options, context);
  const redacted = await redactedSession(told, options.redact, options.pseudonyms);
  const book = needsPriceBook(redacted, settings) ? await openPriceBook() : null;
  return { report: analyze(redacted, packageVersion(), book, settings), redacted };
}
