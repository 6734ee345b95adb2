import type { View } from "../../src/flame/frame.js";

/** A view at least so wide, and moved or cut so that it lies in the picture. */
export function widened({ from, to }: View, narrowestPx: number, widthPx: number): View {
  const width = Math.min(widthPx, Math.max(narrowestPx, to - from));
  const middle = (from + to) / 2;
  const begin = Math.min(widthPx - width, Math.max(0, middle - width / 2));
  return { from: begin, to: begin + width };
}

/** On the way from one view to another, quick at first. */
export function eased(a: View, b: View, part: number): View {
  const t = 1 - (1 - part) ** 3;
  return { from: a.from + (b.from - a.from) * t, to: a.to + (b.to - a.to) * t };
}
