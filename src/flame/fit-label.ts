import type { Pixels } from "../model/units.js";

/** Widths of characters in a sans-serif font, in parts of the font size; on the generous side, so that labels never run over. */
function charWidth(char: string): number {
  if (/[ijl.,:;'|!()[\]`I]/.test(char)) return 0.34;
  if (/[ftr\-/\\ \u00a0"*]/.test(char)) return 0.44;
  if (/[mwMW@%…—]/.test(char)) return 0.98;
  if (/[A-Z&#<>=+~_]/.test(char)) return 0.74;
  return char.charCodeAt(0) < 0x2e80 ? 0.63 : 1.05;
}

/** A generous estimate of a text's width: no browser is at hand when the report is made. */
export function textWidth(text: string, fontPx: Pixels): Pixels {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width * fontPx;
}

/** The text, or as much of its beginning as fits and an ellipsis; empty where less than three characters would be left. */
export function fitLabel(text: string, widthPx: Pixels, fontPx: Pixels): string {
  const room = widthPx / fontPx;
  if (room < 2) return "";
  const limit = room - charWidth("…");
  let width = 0;
  let kept = "";
  let keptToLimit = "";
  for (const char of text) {
    width += charWidth(char);
    if (width > room) return keptToLimit.trim().length < 3 ? "" : `${keptToLimit.trimEnd()}…`;
    kept += char;
    if (width <= limit) keptToLimit = kept;
  }
  return text;
}
