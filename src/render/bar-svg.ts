import type { Share } from "../model/units.js";
import { escapeMarkup } from "./escape.js";
import type { Paint } from "./palette.js";

export interface Segment {
  readonly paint: Paint;
  readonly share: Share;
  readonly title: string;
  readonly text: string;
}

/** Narrower segments carry no text: it is in the legend as well. */
const SMALLEST_LABELLED: Share = 0.12;

/** A bar of segments side by side, as wide as the page. Percentages, so that text keeps its size at any width. */
export function segmentedBar(segments: readonly Segment[], label: string): string {
  let x = 0;
  const drawn = segments.map(({ paint, share, title, text }) => {
    const from = x;
    x += share;
    const rect = `<rect class="${paint.className}" x="${percent(from)}" width="${percent(share)}" height="28" fill="${paint.fill}"/>`;
    const edge = from > 0 ? `<rect class="edge" x="${percent(from)}" width="1.5" height="28" fill="#fff"/>` : "";
    const ink = paint.ink === "light" ? "#fff" : "#1b1f24";
    const onBar = `<svg x="${percent(from)}" width="${percent(share)}" height="28"><text class="on-${paint.ink} on-${paint.className}" x="6" y="18" fill="${ink}" font-family="system-ui,sans-serif" font-size="12" font-weight="600">${escapeMarkup(text)}</text></svg>`;
    return `<g><title>${escapeMarkup(title)}</title>${rect}${edge}${share >= SMALLEST_LABELLED ? onBar : ""}</g>`;
  });
  return `<svg class="ledger" width="100%" height="28" role="img" aria-label="${escapeMarkup(label)}">${drawn.join("")}</svg>`;
}

/** A bar in a table cell, made of parts side by side. Its figures stand beside it as text. */
export function cellBar(parts: readonly (readonly [share: Share, paint: Paint])[]): string {
  let x = 0;
  const drawn = parts.map(([share, { className, fill }]) => {
    const from = x;
    x += share;
    return `<rect class="${className}" x="${percent(from)}" width="${percent(share)}" height="8" fill="${fill}"/>`;
  });
  return `<svg class="cellbar" width="100%" height="8" aria-hidden="true">${drawn.join("")}</svg>`;
}

/** The colour key beside a word. */
export function swatch({ className, fill }: Paint): string {
  return `<svg class="swatch" width="10" height="10" aria-hidden="true"><rect class="${className}" x=".5" y=".5" width="9" height="9" rx="2" fill="${fill}" stroke="#59636e" stroke-opacity=".5"/></svg>`;
}

function percent(share: Share): string {
  return `${Math.round(share * 10_000) / 100}%`;
}
