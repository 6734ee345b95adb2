import type { RedactLevel } from "../model/redaction.js";
import type { ContentPart, Session } from "../model/session.js";
import { mapTexts } from "./map-texts.js";
import { homeOf, homeShortener } from "./shorten-homes.js";

export const REDACT_LEVELS = ["none", "paths"] as const satisfies readonly RedactLevel[];

/** Takes out of a session what the report may not say. Nothing after this stage has seen what was removed. Pure. */
export function redact(session: Session, level: RedactLevel): Session {
  const redaction = { level, credentials: [] };
  if (level === "none") return { ...session, redaction };
  const homes = [session.directory, ...(session.local?.files ?? []), ...filesOf(session)].map(homeOf);
  return { ...mapTexts(session, homeShortener(homes)), redaction };
}

/** The files that messages and calls name: they may lie in a home of which no folder of the session tells. */
function filesOf({ messages, spans }: Session): string[] {
  const inContent = messages.flatMap(({ content }) => content.flatMap(pathsOf));
  const ofCalls = spans.flatMap((span) => (span.kind === "tool" ? span.files.map(({ path }) => path) : []));
  return [...inContent, ...ofCalls];
}

function pathsOf(part: ContentPart): readonly string[] {
  if (part.kind === "tool-call") return part.paths;
  return "path" in part && part.path !== null ? [part.path] : [];
}
