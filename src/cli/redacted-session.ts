import { openPriceBook } from "../load/price-book.js";
import type { RedactLevel } from "../model/redaction.js";
import type { Session } from "../model/session.js";
import { redact } from "../redact/index.js";

const SOME_TOKENS = { uncachedInput: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };

/** The session without what the level leaves out. The rules for credentials are loaded here, and at `strict` the list of models. */
export async function redactedSession(session: Session, level: RedactLevel): Promise<Session> {
  const { findCredentials } = await import("../redact/credentials/find.js");
  if (level !== "strict") return redact(session, level, { findCredentials });
  const { pricesFor } = await openPriceBook();
  const at = session.spans[0]?.startAt ?? 0;
  return redact(session, level, {
    findCredentials,
    isListedModel: (model) => pricesFor(model, SOME_TOKENS, at) !== null,
  });
}
