import { type PackedTexts, packedTexts, textsOf } from "./packed-texts.js";

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value by columns: what stands under the same name in a list of objects stands together, every text once. */
export interface Columns {
  /** Every text of the value, in the order in which they come first. */
  readonly texts: PackedTexts;
  readonly values: Column;
}

/**
 * Many values of one kind. `r`: as they are; `d`: whole numbers as differences, each to the one before; `t`: texts, as
 * differences of their places; `n`: texts, 0 for the one behind the farthest yet, else by their place plus 1; `a`: lists, as their lengths and all their items; `o`: objects, as which of the lists of
 * keys each has, and a column for each key; `m`: of several kinds, which each has, and a column for each kind.
 */
type Column =
  | readonly ["r" | "d" | "t" | "n", readonly Json[]]
  | readonly ["a", Column, Column]
  | readonly ["o", readonly (readonly string[])[], Column, Readonly<Record<string, Column>>]
  | readonly ["m", Column, readonly Column[]];

type JsonObject = { readonly [key: string]: Json };

/** The value by columns: small when compressed, and quick to read. `jsonOf` gives it back, keys in their order. */
export function columnsOf(value: Json): Columns {
  const places = new Map<string, number>();
  const values = columnOf([value], places);
  return { texts: packedTexts([...places.keys()]), values };
}

export function jsonOf({ texts, values }: Columns): Json {
  return valuesOf(values, textsOf(texts))[0] as Json;
}

const KINDS = ["null", "boolean", "number", "string", "array", "object"] as const;

function kindOf(value: Json): (typeof KINDS)[number] {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : (typeof value as "boolean" | "number" | "string" | "object");
}

function columnOf(values: readonly Json[], places: Map<string, number>): Column {
  const kinds = values.map(kindOf);
  const found = KINDS.filter((kind) => kinds.includes(kind));
  if (found.length > 1) {
    const parts = found.map((kind) => values.filter((_, i) => kinds[i] === kind));
    const which = kinds.map((kind) => found.indexOf(kind));
    return ["m", numbers(which), parts.map((part) => columnOf(part, places))];
  }
  switch (found[0]) {
    case "number":
      return numbers(values as number[]);
    case "string":
      return texts((values as string[]).map((text) => placeOf(text, places)));
    case "array": {
      const lists = values as readonly (readonly Json[])[];
      return ["a", numbers(lists.map(({ length }) => length)), columnOf(lists.flat(1), places)];
    }
    case "object":
      return objects(values as readonly JsonObject[], places);
    default:
      return ["r", values];
  }
}

function objects(values: readonly JsonObject[], places: Map<string, number>): Column {
  const shapes = new Map<string, number>();
  const which = values.map((value) => placeOf(JSON.stringify(Object.keys(value)), shapes));
  const keysOf = [...shapes.keys()].map((shape) => JSON.parse(shape) as string[]);
  const keys = [...new Set(keysOf.flat())];
  const columns = keys.map((key) => {
    const having = values.filter((_, i) => keysOf[which[i] as number]?.includes(key));
    return [
      key,
      columnOf(
        having.map((value) => value[key] as Json),
        places,
      ),
    ];
  });
  return ["o", keysOf, numbers(which), Object.fromEntries(columns)];
}

function placeOf(text: string, places: Map<string, number>): number {
  const place = places.get(text) ?? places.size;
  places.set(text, place);
  return place;
}

/** Whole numbers as differences where those are smaller. */
function numbers(values: readonly number[]): Column {
  const isWhole = values.every((value) => Number.isSafeInteger(value) && !Object.is(value, -0));
  const shorter = isWhole ? differences(values) : values;
  const size = (some: readonly number[]) => some.reduce((sum, value) => sum + Math.abs(value), 0);
  return isWhole && size(shorter) < size(values) ? ["d", shorter] : ["r", values];
}

/** So few different steps are small when compressed, and quicker to read than places. */
const FEW_STEPS = 200;

/** The form in which fewer different numbers stand. */
function texts(places: readonly number[]): Column {
  const steps = differences(places);
  const different = new Set(steps).size;
  if (different <= FEW_STEPS) return ["t", steps];
  const news = placesOrNew(places);
  return new Set(news).size < different ? ["n", news] : ["t", steps];
}

function placesOrNew(places: readonly number[]): number[] {
  let farthest = -1;
  return places.map((place) => {
    if (place !== farthest + 1) return place + 1;
    farthest = place;
    return 0;
  });
}

function differences(values: readonly number[]): number[] {
  return values.map((value, i) => value - (values[i - 1] ?? 0));
}

function valuesOf(column: Column, texts: readonly string[]): Json[] {
  switch (column[0]) {
    case "r":
      return [...column[1]];
    case "d":
      return sums(column[1] as number[]);
    case "t":
      return sums(column[1] as number[]).map((place) => texts[place] as string);
    case "n":
      return placesOf(column[1] as number[]).map((place) => texts[place] as string);
    case "a": {
      const items = valuesOf(column[2], texts);
      const lengths = valuesOf(column[1], texts) as number[];
      const ends = sums(lengths);
      return ends.map((end, i) => items.slice(end - (lengths[i] as number), end));
    }
    case "o":
      return objectsOf(column[1], valuesOf(column[2], texts) as number[], column[3], texts);
    case "m": {
      const parts = column[2].map((part) => valuesOf(part, texts).values());
      return (valuesOf(column[1], texts) as number[]).map((which) => parts[which]?.next().value as Json);
    }
  }
}

/** The next value of a column, and the ones after it. */
interface Reader {
  readonly key: string;
  readonly values: readonly Json[];
  next: number;
}

function objectsOf(
  keysOf: readonly (readonly string[])[],
  which: readonly number[],
  columns: Readonly<Record<string, Column>>,
  texts: readonly string[],
): Json[] {
  const entries = Object.entries(columns).map(([key, column]): [string, Reader] => {
    return [key, { key, values: valuesOf(column, texts), next: 0 }];
  });
  const readerOf = new Map(entries);
  const readers = keysOf.map((keys) => keys.map((key) => readerOf.get(key) as Reader));
  return which.map((shape) => {
    const made: Record<string, Json> = {};
    for (const reader of readers[shape] as readonly Reader[]) {
      const value = reader.values[reader.next++] as Json;
      if (reader.key === "__proto__") defineOwn(made, reader.key, value);
      else made[reader.key] = value;
    }
    return made;
  });
}

/** A key of the object itself, also where assigning to it would mean its prototype. Slower than assigning. */
function defineOwn(object: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The places that `n` tells. */
export function placesOf(news: readonly number[]): number[] {
  let farthest = -1;
  return news.map((place) => {
    if (place > 0) return place - 1;
    farthest++;
    return farthest;
  });
}

/** The numbers of which these are the differences, each to the one before. */
export function sums(differences: readonly number[]): number[] {
  let sum = 0;
  return differences.map((difference) => {
    sum += difference;
    return sum;
  });
}
