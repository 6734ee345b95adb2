import type { Pixels } from "../model/units.js";

/** The width of one character. */
export type GlyphWidth = (char: string) => Pixels;

/** Of a sans-serif font, in parts of its size; on the generous side, so that labels never run over. */
function estimatedWidth(char: string): number {
  if (/[ijl.,:;'|!()[\]`I]/.test(char)) return 0.34;
  if (/[ftr\-/\\ \u00a0"*]/.test(char)) return 0.44;
  if (/[mwMW@%…—]/.test(char)) return 0.98;
  if (/[A-Z&#<>=+~_]/.test(char)) return 0.74;
  return char.charCodeAt(0) < 0x2e80 ? 0.63 : 1.05;
}

/** An estimate, where no browser is at hand to measure. */
export function estimatedGlyphs(fontPx: Pixels): GlyphWidth {
  return (char) => estimatedWidth(char) * fontPx;
}

export function textWidth(text: string, glyph: GlyphWidth): Pixels {
  let width = 0;
  for (const char of text) width += glyph(char);
  return width;
}

/** Labels are read from the front; the end of a path or a command still tells it from its neighbours. */
const FRONT = 0.65;
const FEWEST_CHARS = 3;
/** A shorter end tells nothing. */
const SHORTEST_END = 4;

/** The text, or its beginning and its end around an ellipsis; empty where less than three characters would be left. */
export function fitLabel(text: string, roomPx: Pixels, glyph: GlyphWidth): string {
  if (roomPx <= glyph("…")) return "";
  const chars = [...text];
  if (fitting(chars, roomPx, glyph) === chars.length) return text;
  const room = roomPx - glyph("…");
  const front = chars.slice(0, fitting(chars, room * FRONT, glyph)).join("");
  const back = fitting(chars.toReversed(), room - textWidth(front, glyph), glyph);
  if (back >= SHORTEST_END) return `${front.trimEnd()}…${chars.slice(-back).join("").trimStart()}`;
  const whole = chars
    .slice(0, fitting(chars, room, glyph))
    .join("")
    .trimEnd();
  return whole.length < FEWEST_CHARS ? "" : `${whole}…`;
}

/** How many of the first characters fit. */
function fitting(chars: readonly string[], roomPx: Pixels, glyph: GlyphWidth): number {
  let width = 0;
  for (let i = 0; i < chars.length; i++) {
    width += glyph(chars[i] as string);
    if (width > roomPx) return i;
  }
  return chars.length;
}
