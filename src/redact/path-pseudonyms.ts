import type { Pseudonyms } from "./pseudonyms.js";

/** What stands for a place and not for a name: a home, a drive, the folder itself, what was shortened. */
const PLACE = /^(?:~|\.{0,2}|…|[A-Za-z]:)$/;
/** `.ts`, `.test.ts`: says what a file is, not what it is called. */
const EXTENSION = /(?<=.)(?:\.(?:test|spec|d|min|config|stories))?\.[A-Za-z0-9]{1,6}$/;

/**
 * Writes `folder-1/file-2.ts` for `src/auth.ts`: each folder and each file has its own pseudonym wherever it is named, so
 * that what lies in one folder still does. Depth and extension are kept. `folders`: names that are known to be folders.
 */
export class PathPseudonyms {
  readonly #pseudonyms: Pseudonyms;
  readonly #folders: ReadonlySet<string>;

  constructor(paths: readonly string[], pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
    this.#folders = new Set(paths.flatMap((path) => namesOf(path).slice(0, -1)));
  }

  of(path: string): string {
    const last = namesOf(path).at(-1);
    const pieces = path.split(/([\\/]+)/);
    const lastAt = pieces.lastIndexOf(last ?? "");
    return pieces.map((piece, i) => (i % 2 === 1 ? piece : this.#nameOf(piece, i === lastAt))).join("");
  }

  #nameOf(name: string, isLast: boolean): string {
    if (PLACE.test(name)) return name;
    if (!isLast || this.#folders.has(name)) return this.#pseudonyms.of("folder", name);
    return this.#pseudonyms.of("file", name) + (EXTENSION.exec(name)?.[0] ?? "");
  }
}

function namesOf(path: string): string[] {
  return path.split(/[\\/]+/).filter((name) => !PLACE.test(name));
}
