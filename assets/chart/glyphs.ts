import type { GlyphWidth } from "../../src/flame/fit-label.js";

/** Widths of characters as this browser draws them; each is measured once. */
export function measuredGlyphs(fontPx: number): GlyphWidth {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = `${fontPx}px system-ui, sans-serif`;
  const widths = new Map<string, number>();
  return (char) => {
    let width = widths.get(char);
    if (width === undefined) {
      width = context?.measureText(char).width || fontPx;
      widths.set(char, width);
    }
    return width;
  };
}
