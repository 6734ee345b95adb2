import type { Report } from "../model/report.js";
import type { ReportOptions } from "./commands/report.js";
import type { Context } from "./context.js";
import { EXIT, Failure } from "./failure.js";
import { type ReadDocument, readDocument } from "./read-report.js";

/** What says where a session is, or how it is to be looked at: a Report that is there leaves none of it open. */
const OTHER_SOURCES = [
  ...["session", "--db", "--server", "--source", "--partial", "--config", "--telemetry", "--recording"],
  ...["--all", "--days", "--project"],
];

/**
 * The Report, or the collection, in the file that `--from` names. It is what it was when it was made: only `--now` says another time of making,
 * and a level of redaction can be asked for only where it is the Report's own.
 */
export async function savedReport(from: string, options: ReportOptions, context: Context): Promise<ReadDocument> {
  const other = OTHER_SOURCES.find((name) => options.given.has(name));
  if (other !== undefined)
    throw new Failure(
      EXIT.usage,
      `two sources: --from and ${other === "session" ? "a session" : other}`,
      "Name one of them.",
    );
  const read = await readDocument(from, "page-or-json", context);
  const redaction = "report" in read ? read.report.redaction : read.redaction;
  if (options.given.has("--redact") && redaction?.level !== options.redact) throw otherLevel(redaction, options);
  return read;
}

function otherLevel(redaction: Report["redaction"], { redact }: ReportOptions): Failure {
  const own = redaction === null ? "a level that it does not tell" : `level ${redaction.level}`;
  return new Failure(
    EXIT.usage,
    `the report was made with ${own} of redaction, and --redact ${redact} cannot change that`,
    `Make it anew from its session with --redact ${redact}, or leave --redact away.`,
  );
}
