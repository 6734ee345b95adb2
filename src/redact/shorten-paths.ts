import type { ContentPart, Session } from "../model/session.js";
import { mapTexts } from "./map-texts.js";
import { shortFolder } from "./shorten-folder.js";
import { homeOf, homeShortener } from "./shorten-homes.js";

/** Home folders become `~`, as they were recorded, and a session's folder that lies in none its last name. */
export function withShortPaths(session: Session): Session {
  const homes = [session.directory, ...(session.local?.files ?? []), ...filesOf(session)].map(homeOf);
  const withoutHomes = homeShortener(homes);
  const withoutFolder = shortFolder(session.directory);
  return mapTexts(session, (text, role) => (role === "id" ? text : withoutFolder(withoutHomes(text))));
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
