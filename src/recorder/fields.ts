// What OpenCode gives a hook is of many releases: nothing in it is taken to be there, or to be of a type.

/** What stands at a path of names, undefined where the path ends early. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** An id that may be a file's name: it cannot lead out of a folder. */
export const isFileId = (value: unknown): value is string =>
  typeof value === "string" && /^[A-Za-z0-9_-]{1,200}$/.test(value);

/** The id at a path, null where there is none that could be one. */
export function idAt(value: unknown, ...path: readonly string[]): string | null {
  const found = field(value, ...path);
  return isFileId(found) ? found : null;
}

/** An id that somebody else gives, as a provider its calls: of any letters. It joins only whole, so it is never cut. */
export function foreignIdAt(value: unknown, ...path: readonly string[]): string | null {
  const found = field(value, ...path);
  return typeof found === "string" && found.length > 0 && found.length <= 256 ? found : null;
}

const LONGEST_NAME = 200;

/** The name of a tool, an agent or a model at a path, cut where it is longer than names are. */
export function nameAt(value: unknown, ...path: readonly string[]): string | null {
  const found = field(value, ...path);
  return typeof found === "string" && found.length > 0 ? found.slice(0, LONGEST_NAME) : null;
}

/** The finite number at a path. */
export function numberAt(value: unknown, ...path: readonly string[]): number | null {
  const found = field(value, ...path);
  return typeof found === "number" && Number.isFinite(found) ? found : null;
}
