import { estimatedGlyphs, fitLabel, textWidth } from "../flame/fit-label.js";
import type { Pixels } from "../model/units.js";
import { escapeMarkup } from "./escape.js";

/** A part of a picture: drawn from the origin, as high as said. Parts are stacked. */
export interface Block {
  readonly svg: string;
  readonly heightPx: Pixels;
}

export interface TextStyle {
  readonly sizePx: Pixels;
  readonly color: string;
  readonly isBold?: boolean;
  readonly mostLines?: number;
}

/** How far the lines of a text are apart, in parts of its size. */
const LINE = 1.45;
/** Bold letters are wider than the estimate. */
const BOLD = 1.08;

/** Words in as many lines as they need, at most as many as said: SVG breaks none by itself. */
export function textBlock(text: string, widthPx: Pixels, style: TextStyle): Block {
  const { sizePx, color, isBold = false, mostLines = 1 } = style;
  const lines = brokenLines(text, isBold ? widthPx / BOLD : widthPx, sizePx, mostLines);
  const weight = isBold ? ' font-weight="600"' : "";
  const drawn = lines.map((line, i) => {
    const y = Math.round(sizePx + i * sizePx * LINE);
    return `<text y="${y}" font-size="${sizePx}" fill="${color}"${weight}>${escapeMarkup(line)}</text>`;
  });
  return { svg: drawn.join(""), heightPx: Math.ceil(lines.length * sizePx * LINE) };
}

function brokenLines(text: string, widthPx: Pixels, sizePx: Pixels, mostLines: number): string[] {
  const glyph = estimatedGlyphs(sizePx);
  const words = text.split(" ").filter((word) => word !== "");
  const lines: string[] = [];
  while (words.length > 0 && lines.length < mostLines - 1) {
    let line = words.shift() as string;
    while (words.length > 0 && textWidth(`${line} ${words[0]}`, glyph) <= widthPx) line += ` ${words.shift()}`;
    lines.push(fitLabel(line, widthPx, glyph));
  }
  return words.length > 0 ? [...lines, fitLabel(words.join(" "), widthPx, glyph)] : lines;
}

/** Parts beneath each other, with that much between them. */
export function stacked(blocks: readonly Block[], gapPx: Pixels): Block {
  let y = 0;
  const drawn = blocks
    .filter(({ heightPx }) => heightPx > 0)
    .map(({ svg, heightPx }) => {
      const at = y;
      y += heightPx + gapPx;
      return `<g transform="translate(0 ${at})">${svg}</g>`;
    });
  return { svg: drawn.join(""), heightPx: Math.max(0, y - gapPx) };
}
