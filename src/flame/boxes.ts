import type { Pixels } from "../model/units.js";

/** One rectangle of a picture, as it lies before anything is zoomed. */
export interface Box {
  /** The span's id, or the merged node's. */
  readonly id: number;
  readonly row: number;
  readonly x: Pixels;
  readonly width: Pixels;
  /** What the width stands for: milliseconds, tokens or dollars. */
  readonly size: number;
}

/** A picture: in each row, boxes from left to right that never overlap. The flame chart, the flame graph and the sandwich are all this. */
export interface Boxes<B extends Box = Box> {
  readonly widthPx: Pixels;
  /** Boxes by row, from the top. */
  readonly rows: readonly (readonly B[])[];
}
