import { fillOf, insetOf, outlineOf, type Paint } from "../flame/palette.js";

/** The attributes that colour a shape, in a page with its style sheet and without. */
export function paintAttributes(paint: Paint, outlineWidth = 1): string {
  const outline = outlineOf(paint);
  const width = outlineWidth === 1 ? "" : ` stroke-width="${outlineWidth}"`;
  return `class="${paint.className}" fill="${fillOf(paint)}"${outline ? ` stroke="${outline}"${width}` : ""}`;
}

/** A bar in pixels. */
export function paintedRect(paint: Paint, x: number, y: number, width: number, height: number, radius = 0): string {
  const inset = insetOf(paint, width);
  const rounded = radius > 0 ? ` rx="${radius}"` : "";
  return `<rect ${paintAttributes(paint)} x="${px(x + inset)}" y="${px(y + inset)}" width="${px(width - 2 * inset)}" height="${px(height - 2 * inset)}"${rounded}/>`;
}

/** A length to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
