/** Home folders as they were recorded, on any system: Linux, macOS, root's, Windows. The user's name is part of the match. */
const HOME =
  /(?:\/(?:home|Users)\/[^/\\\s"'`<>:*?|]+|\/root(?=[/\s"'`]|$)|[A-Za-z]:[\\/]Users[\\/][^/\\\s"'`<>:*?|]+)/g;

/** Writes `~` for every home folder in a text, so that no user name leaves the machine in a path. */
export function shortenHomes(text: string): string {
  return text.replace(HOME, "~");
}
