import type { RedactLevel } from "../../src/model/redaction.js";
import type { Session } from "../../src/model/session.js";
import { findCredentials } from "../../src/redact/credentials/find.js";
import { redact } from "../../src/redact/index.js";

/** A session without what a level leaves out. Of models only those of the example are taken for public. */
export function redacted(session: Session, level: RedactLevel): Session {
  return redact(session, level, { findCredentials, isListedModel: (model) => model.startsWith("lab/") });
}
