import type { Session } from "../model/session.js";
import { filesOf } from "./files-of.js";
import { mapTexts } from "./map-texts.js";
import { shortFolder } from "./shorten-folder.js";
import { homeOf, homeShortener } from "./shorten-homes.js";
import { outsideShortener } from "./shorten-outside.js";

/**
 * Home folders become `~`, as they were recorded, a session's folder that lies in none its last name, and files elsewhere
 * their last names.
 */
export function withShortPaths(session: Session): Session {
  const homes = [session.directory, ...(session.local?.files ?? []), ...filesOf(session)].map(homeOf);
  const withoutHomes = homeShortener(homes);
  const withoutFolder = shortFolder(session.directory);
  const shortened = (text: string) => withoutFolder(withoutHomes(text));
  const withoutOutside = outsideShortener(filesOf(session).map(shortened));
  return mapTexts(session, (text, role) => (role === "id" ? text : withoutOutside(shortened(text))));
}
