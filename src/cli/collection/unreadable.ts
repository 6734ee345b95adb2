import { SourceError } from "../../load/source-error.js";
import type { UnreadableSession } from "../../model/collection.js";
import type { RedactLevel } from "../../model/redaction.js";
import { isRandomId } from "../../redact/public-names.js";
import { untitled } from "../../redact/without-content.js";
import { asFailure, Failure } from "../failure.js";

/**
 * A session that could not be read, and why. Nothing of it was redacted, so nothing is said of it but its id, and no path
 * stands in the reason.
 */
export function unreadable(id: string, error: unknown, level: RedactLevel): UnreadableSession {
  const isShown = level !== "strict" || isRandomId(id);
  return { id: isShown ? id : untitled(id), reason: reasonOf(error) };
}

/** What is to be said where nothing is left: of one session what `report` says of it, of several with the last one's reason. */
export function noneReadable(sessions: number, last: unknown): Failure {
  const failure = asFailure(last);
  if (sessions === 1) return failure;
  const fact = `none of ${sessions} sessions can be read; the last: ${failure.fact}`;
  return new Failure(failure.exitCode, fact, failure.advice, { cause: last });
}

/** As `SourceProblem` names it: "torn file", "damaged". What nobody expected is a defect of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof SourceError) return error.problem.code.replaceAll("-", " ");
  return "internal error: this is a defect of sessionflame; `sessionflame report` with its id and --verbose shows it";
}
