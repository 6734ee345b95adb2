/** Home folders of any system, as far as they can be told in running text: Linux, macOS, root's, Windows. */
const HOME =
  /(?<![\w.-])(?:\/(?:home|Users)\/[^/\\\s"'`<>:*?|]+|\/root(?=[/\s"'`]|$)|[A-Za-z]:[\\/]Users[\\/][^/\\\s"'`<>:*?|]+)/g;

/** The home folder in which a recorded folder lies; null where it lies in none. A name in it may hold spaces. */
export function homeOf(directory: string): string | null {
  return /^(?:\/(?:home|Users)\/[^/]+|\/root(?=\/|$)|[A-Za-z]:[\\/]Users[\\/][^\\/]+)/.exec(directory)?.[0] ?? null;
}

/** Writes `~` for home folders, so that no user name leaves the machine in a path. `home` is found whatever is in it. */
export function shortenHomes(text: string, home: string | null): string {
  return (home === null ? text : text.replaceAll(home, "~")).replace(HOME, "~");
}
