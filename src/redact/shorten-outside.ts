import { PATH_START } from "./shorten-homes.js";

/** Shorter ones say little: `/etc/hosts`, `/tmp/out.txt`, `/usr/bin/env`. */
const MOST_NAMES = 3;
const FEWEST_SHOWN = 2;

/** An absolute path in running text, with whatever stands right behind it. */
const PATH = new RegExp(
  String.raw`${PATH_START}(?<![/:])(?:[A-Za-z]:)?(?:[\\/]+[^\s\\/"'\x60<>|*?]+){${MOST_NAMES + 1},}`,
  "g",
);
/** What may stand right behind one: a line and a column, the end of a sentence. */
const BEHIND = /(?::\d+)*[.,;:!?)\]}]*$/;

/**
 * A function that writes `…/lib/a.ts` for `/mnt/customer/tools/lib/a.ts`: for those of the paths that are absolute and lie
 * neither in a home nor in the session's folder, wherever they stand. Two of them never become one: the names from the
 * end are shown that only one of them has.
 */
export function outsideShortener(paths: readonly string[]): (text: string) => string {
  const shown = shortForms(paths.filter((path) => isAbsolute(path) && namesOf(path).length > MOST_NAMES));
  if (shown.size === 0) return (text) => text;
  const shortened = (path: string) => shown.get(canonical(path));
  return (text) =>
    shortened(text) ??
    text.replace(PATH, (found) => {
      const behind = BEHIND.exec(found)?.[0] ?? "";
      const short = shortened(found.slice(0, found.length - behind.length));
      return short === undefined ? found : short + behind;
    });
}

/** By how they are written everywhere: a path may be recorded with either separator. */
function shortForms(paths: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(paths.map(canonical))];
  const holders = new Map<string, number>();
  for (const ending of all.flatMap(endings)) holders.set(ending, (holders.get(ending) ?? 0) + 1);
  return new Map(
    all.map((path) => {
      const own = endings(path).find((ending) => holders.get(ending) === 1);
      return [path, own === undefined ? path : `…/${own}`];
    }),
  );
}

/** The shortest first. */
function endings(path: string): string[] {
  const names = namesOf(path);
  return names
    .map((_, i) => names.slice(i).join("/"))
    .reverse()
    .slice(FEWEST_SHOWN - 1);
}

function canonical(path: string): string {
  return (
    (/^[A-Za-z]:/.exec(path)?.[0] ?? "") +
    namesOf(path)
      .map((name) => `/${name}`)
      .join("")
  );
}

function isAbsolute(path: string): boolean {
  return /^(?:\/(?!\/)|[A-Za-z]:[\\/])/.test(path);
}

function namesOf(path: string): string[] {
  return path.split(/[\\/]+/).filter((name) => name !== "" && !/^[A-Za-z]:$/.test(name));
}
