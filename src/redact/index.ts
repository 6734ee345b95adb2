import type { RedactLevel } from "../model/redaction.js";
import type { Session } from "../model/session.js";
import type { FindCredentials } from "./credentials/finding.js";
import { Pseudonyms } from "./pseudonyms.js";
import { withShortPaths } from "./shorten-paths.js";
import { type IsListedModel, withPseudonyms } from "./with-pseudonyms.js";
import { withoutContent } from "./without-content.js";
import { withoutCredentials } from "./without-credentials.js";

/** From what leaves out least to what leaves out most; each leaves out what the one before does. */
export const REDACT_LEVELS = ["none", "paths", "content", "strict"] as const satisfies readonly RedactLevel[];

/** What redaction knows of the world. */
export interface RedactKnowledge {
  /** `findCredentials` of `credentials/find.ts`, which takes its time to load. */
  readonly findCredentials: FindCredentials;
  /** Asked at `strict` alone; without it no model is taken for a public one. */
  readonly isListedModel?: IsListedModel;
  /** Used at `strict` alone: the same ones for several sessions, so that what they have in common can be told. */
  readonly pseudonyms?: Pseudonyms;
}

/**
 * Takes out of a session what the report may not say: credentials at every level, the rest by level. Nothing after this
 * stage has seen what was removed. Pure.
 */
export function redact(session: Session, level: RedactLevel, knowledge: RedactKnowledge): Session {
  const { session: clean, credentials } = withoutCredentials(session, knowledge.findCredentials);
  return Object.freeze({ ...atLevel(clean, level, knowledge), redaction: { level, credentials } });
}

function atLevel(session: Session, level: RedactLevel, knowledge: RedactKnowledge): Session {
  const { isListedModel = () => false, pseudonyms = new Pseudonyms() } = knowledge;
  switch (level) {
    case "none":
      return session;
    case "paths":
      return withShortPaths(session);
    case "content":
      return withoutContent(withShortPaths(session));
    case "strict":
      return withoutContent(withPseudonyms(withShortPaths(session), isListedModel, pseudonyms));
  }
}
