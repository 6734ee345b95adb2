/** undefined where the text is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value as JSON; `""` for what JSON has no form for, and for what is nested too deeply to be written, as a model may ask for it. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

/** A JSON object that stands in a text, which may have other text around it. */
export interface FoundJson {
  readonly value: unknown;
  /** True where the text ends before the object does; then the value holds what is whole of it, or is null. */
  readonly isCut: boolean;
  /** Where the object ends in the text. */
  readonly end: number;
}

/**
 * Reads the JSON object that begins at `from`. Of an object that is cut off, what stands before the last whole element
 * of its lists is kept, down to lists `depth` levels deep. null for what is no JSON.
 */
export function jsonObjectAt(text: string, from: number, depth: number): FoundJson | null {
  const whole = parsedJson(text.slice(from));
  if (whole !== undefined) return { value: whole, isCut: false, end: text.length };
  const { end, keepUntil, closers } = scan(text, from, depth);
  if (end !== null) {
    const value = parsedJson(text.slice(from, end)); // other text follows
    return value === undefined ? null : { value, isCut: false, end };
  }
  const kept = keepUntil === null ? null : parsedJson(text.slice(from, keepUntil) + closers);
  return { value: kept ?? null, isCut: true, end: text.length };
}

interface Scan {
  /** Where the object ends; null where the text does first. */
  readonly end: number | null;
  /** Where the last whole element of a list ends, and what closes everything that is open there. */
  readonly keepUntil: number | null;
  readonly closers: string;
}

function scan(text: string, from: number, depth: number): Scan {
  const open: string[] = [];
  let keepUntil: number | null = null;
  let closers = "";
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === "{" || char === "[") open.push(char === "{" ? "}" : "]");
    else if (char === "}" || char === "]") {
      open.pop();
      if (open.length === 0) return { end: i + 1, keepUntil, closers };
      if (open.at(-1) === "]" && open.length <= depth) {
        keepUntil = i + 1;
        closers = open.toReversed().join("");
      }
    }
  }
  return { end: null, keepUntil, closers };
}

/** Index of the closing quotation mark, or the text's end. */
function endOfString(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
