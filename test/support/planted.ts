/**
 * Where strings stand in plain data: names joined by points, `[]` for every index, `{}` behind what has free names:
 * `spans[].name`, `local.contextLimits{}`.
 */
export type Place = string;

/** A string that is to stand for `text`. */
export type Plant = (text: string, place: Place) => string;

/**
 * Plain data (a session, a report, any JSON) with every string of it changed; empty ones say that there is nothing, and
 * stay. `freeNames` are the places of objects whose names are somebody's words too: `local.contextLimits`.
 */
export function planted<T>(value: T, plant: Plant, freeNames: readonly Place[] = []): T {
  const at = (found: unknown, place: Place): unknown => {
    if (typeof found === "string") return found === "" ? "" : plant(found, place);
    if (Array.isArray(found)) return found.map((entry) => at(entry, `${place}[]`));
    if (typeof found !== "object" || found === null) return found;
    const isFree = freeNames.includes(place);
    const entries = Object.entries(found).map(([name, entry]) =>
      isFree
        ? [plant(name, `${place}{}`), at(entry, `${place}{}`)]
        : [name, at(entry, place === "" ? name : `${place}.${name}`)],
    );
    // As own properties, whatever they are called.
    return Object.fromEntries(entries);
  };
  return at(value, "") as T;
}

/** Every place of a string, and what stands there, in order. */
export function stringsByPlace(value: unknown, freeNames: readonly Place[] = []): Map<Place, string[]> {
  const found = new Map<Place, string[]>();
  const note: Plant = (text, place) => {
    found.set(place, [...(found.get(place) ?? []), text]);
    return text;
  };
  planted(value, note, freeNames);
  return found;
}
