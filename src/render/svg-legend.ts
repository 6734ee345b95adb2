import { estimatedGlyphs, textWidth } from "../flame/fit-label.js";
import type { Paint } from "../flame/palette.js";
import type { Pixels } from "../model/units.js";
import { escapeMarkup } from "./escape.js";
import { paintedRect } from "./painted-rect.js";
import type { Block } from "./svg-text.js";

const SIZE_PX = 12;
const SWATCH_PX = 10;
const ROW_PX = 20;
const GAP_PX = 18;

/** Colours and what they mean, side by side, in as many rows as they need. */
export function legendBlock(
  entries: readonly { readonly paint: Paint; readonly label: string }[],
  widthPx: Pixels,
  color: string,
): Block {
  const glyph = estimatedGlyphs(SIZE_PX);
  let x = 0;
  let row = 0;
  const drawn = entries.map(({ paint, label }) => {
    const width = SWATCH_PX + 6 + textWidth(label, glyph);
    if (x > 0 && x + width > widthPx) {
      x = 0;
      row++;
    }
    const at = x;
    x += width + GAP_PX;
    const key = paintedRect(paint, at, row * ROW_PX + 4, SWATCH_PX, SWATCH_PX, 2);
    const words = `<text x="${Math.round(at + SWATCH_PX + 6)}" y="${row * ROW_PX + 13}" font-size="${SIZE_PX}" fill="${color}">${escapeMarkup(label)}</text>`;
    return key + words;
  });
  return { svg: drawn.join(""), heightPx: entries.length === 0 ? 0 : (row + 1) * ROW_PX };
}
