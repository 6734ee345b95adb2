import type { Paint } from "../flame/palette.js";
import type { Share } from "../model/units.js";
import { escapeMarkup } from "./escape.js";
import { paintAttributes } from "./painted-rect.js";

/** One bar of a trend: where it stands, and what it is made of, from below. */
export interface TrendBar {
  /** Parts of the whole width. */
  readonly x: Share;
  readonly width: Share;
  /** Parts of the whole height. */
  readonly parts: readonly (readonly [height: Share, paint: Paint])[];
  /** Said when it is pointed at. */
  readonly title: string;
}

const HEIGHT_PX = 96;
/** As wide as this there is a gap to the next one. */
const GAP: Share = 0.2;
/** What is there can be seen, however small it is. */
const LEAST_PX = 1;

/** Bars over time, as wide as their place: widths are parts of it, so that nothing but the width changes with it. */
export function trendSvg(bars: readonly TrendBar[], label: string): string {
  const drawn = bars.map(barSvg).join("");
  const base = `<line class="grid" x1="0" x2="100%" y1="${HEIGHT_PX - 0.5}" y2="${HEIGHT_PX - 0.5}" stroke="#d8dee4"/>`;
  return `<svg class="trend" width="100%" height="${HEIGHT_PX}" role="img" aria-label="${escapeMarkup(label)}">${base}${drawn}</svg>`;
}

function barSvg({ x, width, parts, title }: TrendBar): string {
  let top = HEIGHT_PX;
  const rects = parts.map(([share, paint]) => {
    const height = Math.max(LEAST_PX, share * (HEIGHT_PX - 1));
    top -= height;
    return `<rect ${paintAttributes(paint)} x="${percent(x + (width * GAP) / 2)}" y="${tenth(top)}" width="${percent(width * (1 - GAP))}" height="${tenth(height)}"/>`;
  });
  return `<g><title>${escapeMarkup(title)}</title>${rects.join("")}</g>`;
}

function percent(share: Share): string {
  return `${Math.round(share * 100_000) / 1_000}%`;
}

function tenth(px: number): string {
  return String(Math.round(px * 10) / 10);
}
