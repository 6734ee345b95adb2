import { estimatedGlyphs, textWidth } from "../flame/fit-label.js";
import type { Paint } from "../flame/palette.js";
import type { Pixels, Share } from "../model/units.js";
import { escapeMarkup } from "./escape.js";
import { paintAttributes, paintedRect } from "./painted-rect.js";

export interface Segment {
  readonly paint: Paint;
  readonly share: Share;
  readonly title: string;
  readonly text: string;
}

/** Narrower segments carry no text: it is in the legend as well. */
const SMALLEST_LABELLED: Share = 0.12;

/** What a bar's row is wide at least: of a small phone, and of a page that is not narrow (narrow.css). */
const NARROW_ROW_PX: Pixels = 328;
const WIDE_ROW_PX: Pixels = 577;
const FONT_PX: Pixels = 12;
const INSET_PX: Pixels = 6;
const GLYPHS = estimatedGlyphs(FONT_PX);

/**
 * A bar of segments side by side, as wide as the page but for what stands beside it. Percentages, so that text keeps its
 * size at any width.
 */
export function segmentedBar(segments: readonly Segment[], label: string, besidePx: Pixels = 0): string {
  let x = 0;
  const drawn = segments.map((segment) => {
    const from = x;
    x += segment.share;
    const { paint, share, title } = segment;
    return `<g><title>${escapeMarkup(title)}</title>${part(paint, from, share, 28)}${onBar(segment, from, besidePx)}</g>`;
  });
  return `<svg class="ledger" width="100%" height="28" role="img" aria-label="${escapeMarkup(label)}">${drawn.join("")}</svg>`;
}

/** A segment's text, whole or not at all; `wide` where a narrow page has no room for it. */
function onBar({ paint, share, text }: Segment, from: Share, besidePx: Pixels): string {
  const fits = (rowPx: Pixels) => textWidth(text, GLYPHS) + 2 * INSET_PX <= share * (rowPx - besidePx);
  if (share < SMALLEST_LABELLED || !fits(WIDE_ROW_PX)) return "";
  const className = `on-${paint.className}${fits(NARROW_ROW_PX) ? "" : " wide"}`;
  return `<svg x="${percent(from)}" width="${percent(share)}" height="28"><text class="${className}" x="${INSET_PX}" y="18" fill="${paint.light.ink}" font-family="system-ui,sans-serif" font-size="${FONT_PX}" font-weight="600">${escapeMarkup(text)}</text></svg>`;
}

/** A bar in a table cell, made of parts side by side. Its figures stand beside it as text. */
export function cellBar(parts: readonly (readonly [share: Share, paint: Paint])[]): string {
  let x = 0;
  const drawn = parts.map(([share, paint]) => {
    const from = x;
    x += share;
    return part(paint, from, share, 8);
  });
  return `<svg class="cellbar" width="100%" height="8" aria-hidden="true">${drawn.join("")}</svg>`;
}

/** The colour key beside a word. */
export function swatch(paint: Paint): string {
  return `<svg class="swatch" width="10" height="10" aria-hidden="true">${paintedRect(paint, 0, 0, 10, 10, 2)}</svg>`;
}

/** A part, with the page showing between it and the one before. The picture's end cuts off half of an outline. */
function part(paint: Paint, from: Share, share: Share, height: number): string {
  const rect = `<rect ${paintAttributes(paint, 2)} x="${percent(from)}" width="${percent(share)}" height="${height}"/>`;
  return from > 0
    ? `${rect}<rect class="edge" x="${percent(from)}" width="1.5" height="${height}" fill="#fff"/>`
    : rect;
}

function percent(share: Share): string {
  return `${Math.round(share * 10_000) / 100}%`;
}
