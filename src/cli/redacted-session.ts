import { openModelList } from "../load/model-list.js";
import type { RedactLevel } from "../model/redaction.js";
import type { Session } from "../model/session.js";
import { redact } from "../redact/index.js";
import type { Pseudonyms } from "../redact/pseudonyms.js";

/**
 * The session without what the level leaves out. The rules for credentials are loaded here, and at `strict` the list of
 * models. `pseudonyms`: those that other sessions have already.
 */
export async function redactedSession(session: Session, level: RedactLevel, pseudonyms?: Pseudonyms): Promise<Session> {
  const { findCredentials } = await import("../redact/credentials/find.js");
  if (level !== "strict") return redact(session, level, { findCredentials });
  const isListedModel = await openModelList();
  return redact(session, level, { findCredentials, isListedModel, ...(pseudonyms && { pseudonyms }) });
}
