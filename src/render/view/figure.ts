import type { Milliseconds } from "../../model/units.js";
import { formatCount, formatDuration, UNKNOWN } from "../../report/format.js";

/** A figure for the template `figures`: as it is shown, and its value where the text does not tell it exactly. */
export interface Figure {
  readonly text: string;
  readonly value: string | null;
}

/** Its value is in milliseconds: the column's heading says so with `data-unit="ms"`. */
export function durationFigure(ms: Milliseconds | null): Figure {
  return { text: formatDuration(ms), value: ms === null ? null : valueText(ms) };
}

/** A count of which a 0 is not shown. */
export function countUnlessZero(count: number): Figure {
  return { text: count === 0 ? "" : formatCount(count), value: valueText(count) };
}

/** A text that tells its own value, or another one with the value that it stands for. */
export function textFigure(text: string, value: number | null = null): Figure {
  return { text, value: value === null || text === UNKNOWN ? null : valueText(value) };
}

/** Thousandths are enough: nothing is recorded more finely. */
function valueText(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
