import type { Pixels } from "../model/units.js";
import { type GlyphWidth, textWidth } from "./fit-label.js";
import type { Tick } from "./ticks.js";

/** The words beside a line of the time axis. */
export interface TickLabel {
  readonly text: string;
  readonly x: Pixels;
  /** At the end of the axis they stand on the left of their line. */
  readonly isLeft: boolean;
}

const GAP_PX: Pixels = 3;

/** Right of their lines, at the end of the axis left of them; none where it would meet the one before. */
export function tickLabels(ticks: readonly Tick[], widthPx: Pixels, glyph: GlyphWidth): TickLabel[] {
  return ticks.flatMap(({ x, text }, i) => {
    const width = textWidth(text, glyph) + GAP_PX;
    const isLeft = x + width > widthPx;
    const isCrowded = isLeft && x - (ticks[i - 1]?.x ?? 0) < 2 * width;
    return text === "" || isCrowded ? [] : [{ text, x: isLeft ? x - GAP_PX : x + GAP_PX, isLeft }];
  });
}
