/** Home folders of any system, as far as they can be told in running text: Linux, macOS, root's, Windows. */
const HOME =
  /(?<![\w.-])(?:(?:\/mnt)?\/[A-Za-z]\/[Uu]sers\/[^/\\\s"'`<>:*?|]+|\/(?:home|Users)\/[^/\\\s"'`<>:*?|]+|\/root(?=[/\s"'`]|$)|[A-Za-z]:[\\/]+[Uu]sers[\\/]+[^/\\\s"'`<>:*?|]+)/g;

/** The home folder in which a recorded folder lies; null where it lies in none. A name in it may hold spaces. */
export function homeOf(directory: string): string | null {
  return /^(?:\/(?:home|Users)\/[^/]+|\/root(?=\/|$)|[A-Za-z]:[\\/]Users[\\/][^\\/]+)/.exec(directory)?.[0] ?? null;
}

/** A function that writes `~` for home folders, so that no user name leaves the machine in a path. `homes` may hold spaces. */
export function homeShortener(homes: readonly (string | null)[]): (text: string) => string {
  // One home's name may begin another's: `Jane`, `Jane Doe`.
  const known = [...new Set(homes)]
    .filter((home) => home !== null)
    .sort((a, b) => b.length - a.length)
    .map(escaped);
  const own = known.length === 0 ? null : new RegExp(`(?<![\\w.-])(?:${known.join("|")})(?![\\w.-])`, "g");
  return (text) => (own ? text.replace(own, "~") : text).replace(HOME, "~");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
