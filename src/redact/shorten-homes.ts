/**
 * Where a path may begin: not behind what could be the end of a name. The escapes of a text in JSON and the colours of a
 * terminal end in letters and digits, and are no name. Looking ahead first spares most of the looking back.
 */
export const PATH_START = String.raw`(?=\/|[A-Za-z]:)(?:(?<![\w.-])|(?<=\\[bfnrt]|\\u[\da-fA-F]{4}|(?:\u001b|\\u001b)\[[\d;]*[A-Za-z]))`;

const ESCAPE = "\u001b";
/** How a terminal is told to change colours; the last one may be cut. */
const COLOUR = new RegExp(String.raw`${ESCAPE}\[[\d;]*[A-Za-z]?`, "g");

/** Home folders of any system, as far as they can be told in running text: Linux, macOS, root's, Windows. */
const HOME = new RegExp(
  PATH_START +
    /(?:(?:\/mnt)?\/[A-Za-z]\/[Uu]sers\/[^/\\\s"'`<>:*?|]+|\/(?:home|Users)\/[^/\\\s"'`<>:*?|]+|\/root(?=[/\s"'`]|$)|[A-Za-z]:[\\/]+[Uu]sers[\\/]+[^/\\\s"'`<>:*?|]+)/
      .source,
  "g",
);

/** As an address writes it: `%2Fhome%2Fjane`. */
const HOME_IN_ADDRESS = /%2F(?:home|Users)%2F[^%/\\\s"'`<>&?#]+/gi;

/** As above, where nothing but the path is there: a drive is also `/mnt/c` (WSL) and `/c` (Git Bash). */
const HOME_OF_FOLDER =
  /^(?:(?:\/mnt)?\/[A-Za-z]\/[Uu]sers\/[^/]+|\/(?:home|Users)\/[^/]+|\/root(?=\/|$)|[A-Za-z]:[\\/]+[Uu]sers[\\/]+[^\\/]+)/;

/** The home folder in which a recorded folder lies; null where it lies in none. A name in it may hold spaces. */
export function homeOf(directory: string): string | null {
  return HOME_OF_FOLDER.exec(directory)?.[0] ?? null;
}

/** The beginning of a recorded folder that is shown as `~`; null where none is. */
export function homeIn(directory: string): string | null {
  const shown = homeShortener([homeOf(directory)])(directory);
  const rest = shown.slice(1);
  return shown.startsWith("~") && directory.endsWith(rest) ? directory.slice(0, directory.length - rest.length) : null;
}

/**
 * A function that writes `~` for home folders, so that no user name leaves the machine in a path. `homes` may hold spaces;
 * one that is known is found wherever it stands (`-I/home/jane/inc`), but for root's, which ends other paths too.
 */
export function homeShortener(homes: readonly (string | null)[]): (text: string) => string {
  // One home's name may begin another's: `Jane`, `Jane Doe`.
  const known = [...new Set(homes)].filter((home) => home !== null).sort((a, b) => b.length - a.length);
  const whole = known.map((home) => `${pathPattern(home)}(?![\\w.-])`);
  const cut = known.flatMap(beginnings).map((start) => `${pathPattern(start)}(?= ?…)`);
  const own = known.length === 0 ? null : new RegExp(`${PATH_START}(?:${[...cut, ...whole].join("|")})`, "g");
  const named = known.filter((home) => home !== "/root").map((home) => `${pathPattern(home)}(?![\\w.-])`);
  const anywhere = named.length === 0 ? null : new RegExp(named.join("|"), "g");
  const shortened = (text: string) => {
    const atStart = (own ? text.replace(own, "~") : text).replace(HOME, "~").replace(HOME_IN_ADDRESS, "~");
    return anywhere ? atStart.replace(anywhere, "~") : atStart;
  };
  // A search colours what it found in the midst of a path. What touches a path in another colour is told only before that.
  return (text) => (text.includes(ESCAPE) ? shortened(shortened(text).replace(COLOUR, "")) : shortened(text));
}

/** What a cut text may hold of a home with spaces: of `Jane Doe`, `Jane D…`. A home of one word is told by its folder. */
function beginnings(home: string): string[] {
  const space = home.indexOf(" ");
  const shortest = space + 2;
  return space < 0 ? [] : Array.from({ length: home.length - shortest }, (_, i) => home.slice(0, shortest + i));
}

/** Windows takes both separators, and JSON doubles one of them. */
export function pathPattern(home: string): string {
  const isWindows = /^[A-Za-z]:/.test(home);
  return isWindows
    ? home
        .split(/[\\/]+/)
        .map(escaped)
        .join("[\\\\/]+")
    : escaped(home);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
