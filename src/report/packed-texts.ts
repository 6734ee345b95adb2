import { isFields } from "./fields.js";

/** Texts in their order. Ids that begin with the time stand apart, by what of them is not chance, and leave the place of their kind. */
export interface PackedTexts {
  /** A text, or an id's beginning by its place in `kinds`. */
  readonly texts: readonly (string | number)[];
  readonly kinds: readonly string[];
  /** The times of the ids, each as the difference to the one before. */
  readonly steps: readonly number[];
  /** Their counts within a millisecond. */
  readonly counts: readonly number[];
  /** Their ends, one behind the other: nothing in them could be shorter. */
  readonly ends: string;
}

/** `msg_`, then twelve hexadecimal digits, of which the last three count within a millisecond, then chance. */
const ID = /^([a-z]{3}_)([0-9a-f]{12})([0-9A-Za-z]{14})$/;
const END_CHARS = 14;
const COUNTS = 16 ** 3;

export function packedTexts(texts: readonly string[]): PackedTexts {
  const kinds: string[] = [];
  const [steps, counts, ends]: [number[], number[], string[]] = [[], [], []];
  let before = 0;
  const packed = texts.map((text) => {
    const [, kind, digits, end] = ID.exec(text) ?? [];
    if (kind === undefined || digits === undefined || end === undefined) return text;
    const time = Number.parseInt(digits, 16);
    const at = Math.floor(time / COUNTS);
    steps.push(at - before);
    counts.push(time % COUNTS);
    ends.push(end);
    before = at;
    if (!kinds.includes(kind)) kinds.push(kind);
    return kinds.indexOf(kind);
  });
  return { texts: packed, kinds, steps, counts, ends: ends.join("") };
}

/** Texts none of which is packed. */
export function plainTexts(texts: readonly string[]): PackedTexts {
  return { texts, kinds: [], steps: [], counts: [], ends: "" };
}

/** The texts of `packedTexts`. */
export function textsOf({ texts, kinds, steps, counts, ends }: PackedTexts): string[] {
  let nth = 0;
  let at = 0;
  return texts.map((text) => {
    if (typeof text === "string") return text;
    at += steps[nth] as number;
    const time = at * COUNTS + (counts[nth] as number);
    const end = ends.slice(nth * END_CHARS, (nth + 1) * END_CHARS);
    nth++;
    return `${kinds[text]}${time.toString(16).padStart(12, "0")}${end}`;
  });
}

/** How many texts there are; NaN for what `packedTexts` cannot have made. */
export function textCount(packed: unknown): number {
  if (!isFields(packed)) return Number.NaN;
  const { texts, kinds, steps, counts, ends } = packed;
  if (![texts, kinds, steps, counts].every(Array.isArray) || typeof ends !== "string") return Number.NaN;
  const ids = (texts as unknown[]).filter((text) => typeof text !== "string");
  const isWhole =
    ids.every((kind) => Number.isInteger(kind) && typeof (kinds as unknown[])[kind as number] === "string") &&
    [...(steps as unknown[]), ...(counts as unknown[])].every(Number.isSafeInteger) &&
    [(steps as unknown[]).length, (counts as unknown[]).length, ends.length / END_CHARS].every((n) => n === ids.length);
  return isWhole ? (texts as unknown[]).length : Number.NaN;
}
