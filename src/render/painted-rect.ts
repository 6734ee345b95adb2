import { fillOf, insetOf, outlineOf, type Paint } from "../flame/palette.js";
import type { Pixels } from "../model/units.js";

/** The attributes that colour a shape, in a page with its style sheet and without. */
export function paintAttributes(paint: Paint, outlineWidth = 1): string {
  const outline = outlineOf(paint);
  const width = outlineWidth === 1 ? "" : ` stroke-width="${outlineWidth}"`;
  return `class="${paint.className}" fill="${fillOf(paint)}"${outline ? ` stroke="${outline}"${width}` : ""}`;
}

/** A bar in pixels. */
export function paintedRect(paint: Paint, x: Pixels, y: Pixels, width: Pixels, height: Pixels, radius = 0): string {
  return `<rect ${paintAttributes(paint)} ${rectAttributes(paint, x, y, width, height, radius)}/>`;
}

/** Its place alone: the colours come from around it. */
export function rectAttributes(paint: Paint, x: Pixels, y: Pixels, width: Pixels, height: Pixels, radius = 0): string {
  const inset = insetOf(paint, width);
  const rounded = radius > 0 ? ` rx="${radius}"` : "";
  return `x="${px(x + inset)}" y="${px(y + inset)}" width="${px(width - 2 * inset)}" height="${px(height - 2 * inset)}"${rounded}`;
}

/** The same as a part of a path: half as long, and one path holds any number of them. */
export function rectPath(paint: Paint, x: Pixels, y: Pixels, width: Pixels, height: Pixels): string {
  const inset = insetOf(paint, width);
  const across = short(width - 2 * inset);
  return `M${short(x + inset)} ${short(y + inset)}h${across}v${short(height - 2 * inset)}h-${across}z`;
}

/** As a path needs it: without a zero before the point. */
function short(length: Pixels): string {
  return px(length).replace(/^(-?)0\./, "$1.");
}

/** A length to a tenth of a pixel. */
export function px(value: Pixels): string {
  return String(Math.round(value * 10) / 10);
}
