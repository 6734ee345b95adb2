import type { Session } from "../model/session.js";
import { mapTexts } from "./map-texts.js";
import { homeOf, homeShortener } from "./shorten-homes.js";

/** `none` leaves everything as it was recorded; `paths` shortens home folders. */
export const REDACT_LEVELS = ["none", "paths"] as const;
export type RedactLevel = (typeof REDACT_LEVELS)[number];

/** Takes out of a session what the report may not say. Nothing after this stage has seen what was removed. Pure. */
export function redact(session: Session, level: RedactLevel): Session {
  if (level === "none") return session;
  const homes = [session.directory, ...(session.local?.files ?? [])].map(homeOf);
  return mapTexts(session, homeShortener(homes));
}
