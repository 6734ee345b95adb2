import type { Bytes } from "../model/units.js";

/** What a value takes as text: a text as it is, anything else as JSON. 0 for what JSON has no form for. */
export function bytesOf(value: unknown): Bytes {
  return Buffer.byteLength(textOf(value));
}

/** The same in UTF-16 units, as OpenCode counts a prompt. */
export function charsOf(value: unknown): number {
  return textOf(value).length;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
