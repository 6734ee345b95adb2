import type { Pixels } from "../model/units.js";
import type { Box, Boxes } from "./boxes.js";
import { firstIndex } from "./first-index.js";

/** The part of a picture that is shown, in the picture's own pixels. */
export interface View {
  readonly from: Pixels;
  readonly to: Pixels;
}

/** A box as it is drawn, cut at the edges of the frame. */
export interface Bar<B extends Box = Box> {
  readonly box: B;
  readonly x: Pixels;
  readonly width: Pixels;
}

/** Boxes that are narrower than a pixel, close together in one row: one mark with their count. */
export interface Mark<B extends Box = Box> {
  readonly row: number;
  readonly x: Pixels;
  readonly width: Pixels;
  readonly count: number;
  /** The sum of theirs. */
  readonly size: number;
  readonly longest: B;
}

export interface Frame<B extends Box = Box> {
  readonly bars: readonly Bar<B>[];
  readonly marks: readonly Mark<B>[];
}

export const SHORTEST_BAR_PX: Pixels = 1;
/** What lies beyond the edges is cut this far outside, so that no edge shows where there is none. */
const OVERHANG_PX: Pixels = 4;

/** What of a picture shows in a frame of that width: as bars what is at least a pixel wide, as marks the rest. */
export function frame<B extends Box>({ rows }: Boxes<B>, { from, to }: View, widthPx: Pixels): Frame<B> {
  const scale = to > from ? widthPx / (to - from) : 0;
  const bars: Bar<B>[] = [];
  const marks: MutableMark<B>[] = [];
  for (const boxes of rows) {
    let mark: MutableMark<B> | null = null;
    for (let i = firstIn(boxes, from); i < boxes.length; i++) {
      const box = boxes[i] as B;
      if (box.x > to) break;
      const x = (box.x - from) * scale;
      const width = box.width * scale;
      if (width >= SHORTEST_BAR_PX) bars.push(cut(box, x, width, widthPx));
      else mark = marked(mark, marks, box, x, width);
    }
  }
  return { bars, marks: marks.map((mark) => finished(mark, widthPx)) };
}

/** How wide a bar is drawn: a pixel is left free on the right, or half of a narrow bar, so that neighbours stay apart. */
export function widthWithGap(width: Pixels): Pixels {
  return width - Math.min(1, width / 2);
}

/** The first box that does not end before the place. Boxes of a row never overlap, so their ends are in order too. */
export function firstIn(boxes: readonly Box[], from: Pixels): number {
  return firstIndex(boxes.length, (i) => {
    const { x, width } = boxes[i] as Box;
    return x + width >= from;
  });
}

function cut<B extends Box>(box: B, x: Pixels, width: Pixels, widthPx: Pixels): Bar<B> {
  const left = Math.max(x, -OVERHANG_PX);
  return { box, x: left, width: Math.min(x + width, widthPx + OVERHANG_PX) - left };
}

interface MutableMark<B extends Box> {
  row: number;
  x: Pixels;
  end: Pixels;
  count: number;
  size: number;
  longest: B;
}

/** The mark that the box belongs to: the last one of its row, where less than a pixel lies between, else a new one. */
function marked<B extends Box>(
  last: MutableMark<B> | null,
  marks: MutableMark<B>[],
  box: B,
  x: Pixels,
  width: Pixels,
): MutableMark<B> {
  if (!last || x - last.end >= SHORTEST_BAR_PX) {
    const mark = { row: box.row, x, end: x + width, count: 1, size: box.size, longest: box };
    marks.push(mark);
    return mark;
  }
  last.end = Math.max(last.end, x + width);
  last.count++;
  last.size += box.size;
  if (box.size > last.longest.size) last.longest = box;
  return last;
}

function finished<B extends Box>({ row, x, end, count, size, longest }: MutableMark<B>, widthPx: Pixels): Mark<B> {
  const width = Math.max(SHORTEST_BAR_PX, end - x);
  // What happened at the very end would lie beyond the edge.
  return { row, x: Math.min(x, widthPx - width), width, count, size, longest };
}
