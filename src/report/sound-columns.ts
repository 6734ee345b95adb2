import { type Columns, placesOf, sums } from "./columns.js";
import { isFields } from "./fields.js";
import { textCount } from "./packed-texts.js";

/**
 * True for what `columnsOf` could have made: every column holds as many values as are asked of it. So what comes out is
 * no larger than what went in, but for texts that stand in several places.
 */
export function isSound(value: unknown): value is Columns {
  const texts = isFields(value) ? textCount(value.texts) : Number.NaN;
  return isFields(value) && !Number.isNaN(texts) && valueCount(value.values, texts) === 1;
}

/** How many values a column gives; NaN for what is no column. */
function valueCount(column: unknown, texts: number): number {
  const [kind, first, second, third] = Array.isArray(column) ? column : [];
  switch (kind) {
    case "r":
      return Array.isArray(first) ? first.length : Number.NaN;
    case "d":
      return isNumbers(first) ? first.length : Number.NaN;
    case "t":
      return isNumbers(first) && sums(first).every((place) => isIndex(place, texts)) ? first.length : Number.NaN;
    case "n":
      return isNumbers(first) && placesOf(first).every((place) => isIndex(place, texts)) ? first.length : Number.NaN;
    case "a":
      return listCount(numbersOf(first), valueCount(second, texts));
    case "o":
      return objectCount(first, numbersOf(second), third, texts);
    case "m":
      return mixedCount(numbersOf(first), second, texts);
    default:
      return Number.NaN;
  }
}

/** Of lists: their lengths are those of all their items together. */
function listCount(lengths: readonly number[] | null, items: number): number {
  const isWhole = lengths?.every((length) => isIndex(length, items + 1)) ?? false;
  return lengths && isWhole && lengths.reduce((sum, length) => sum + length, 0) === items ? lengths.length : Number.NaN;
}

/** Each key has a column with a value for every object that has the key, and there is no other column. */
function objectCount(shapes: unknown, which: readonly number[] | null, columns: unknown, texts: number): number {
  if (!Array.isArray(shapes) || !shapes.every(isShape) || !isFields(columns)) return Number.NaN;
  const uses = usesOf(which, shapes.length);
  if (!which || !uses) return Number.NaN;
  const having = new Map<string, number>();
  for (const [shape, keys] of shapes.entries())
    for (const key of keys) having.set(key, (having.get(key) ?? 0) + (uses[shape] as number));
  const isWhole = [...having].every(([key, count]) => valueCount(columns[key], texts) === count);
  return isWhole && Object.keys(columns).length === having.size ? which.length : Number.NaN;
}

/** Different keys. */
function isShape(keys: unknown): keys is readonly string[] {
  return Array.isArray(keys) && keys.every((key) => typeof key === "string") && new Set(keys).size === keys.length;
}

function mixedCount(which: readonly number[] | null, parts: unknown, texts: number): number {
  if (!which || !Array.isArray(parts)) return Number.NaN;
  const uses = usesOf(which, parts.length);
  return uses?.every((count, i) => valueCount(parts[i], texts) === count) ? which.length : Number.NaN;
}

/** How often each of so many is chosen; null where something else is. */
function usesOf(which: readonly number[] | null, choices: number): number[] | null {
  if (!which?.every((choice) => isIndex(choice, choices))) return null;
  const uses = new Array<number>(choices).fill(0);
  for (const choice of which) uses[choice] = (uses[choice] as number) + 1;
  return uses;
}

/** The values of a column of numbers. */
function numbersOf(column: unknown): number[] | null {
  const [kind, values] = Array.isArray(column) ? column : [];
  if (!isNumbers(values)) return null;
  return kind === "r" ? values : kind === "d" ? sums(values) : null;
}

function isIndex(value: number, count: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < count;
}

function isNumbers(values: unknown): values is number[] {
  return Array.isArray(values) && values.every((value) => typeof value === "number");
}
