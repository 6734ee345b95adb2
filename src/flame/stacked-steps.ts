import type { Pixels } from "../model/units.js";

/** A picture of columns side by side, each a stack of the same bands: how a whole and its parts change from step to step. */
export interface StackedSteps {
  /** One for each band, from the lowest: an SVG path of the area that it fills; empty where it is 0 throughout. */
  readonly paths: readonly string[];
  /** Where a value lies, from the top. */
  readonly y: (value: number) => Pixels;
  /** The left edge and the width of each column. */
  readonly columns: readonly { readonly x: Pixels; readonly width: Pixels }[];
}

/** `columns`: for each step the size of every band. `most`: the value at the top edge. */
export function stackedSteps(
  columns: readonly (readonly number[])[],
  most: number,
  widthPx: Pixels,
  heightPx: Pixels,
): StackedSteps {
  const edge = (i: number) => Math.round((i * widthPx) / Math.max(1, columns.length));
  const y = (value: number) => Math.round(heightPx - (value / Math.max(1, most)) * heightPx);
  const bands = columns[0]?.length ?? 0;
  const tops = columns.map((sizes) => {
    let sum = 0;
    return sizes.map((size) => {
      sum += size;
      return sum;
    });
  });
  const paths = Array.from({ length: bands }, (_, band) => {
    const top = tops.map((column) => y(column[band] as number));
    const bottom = tops.map((column) => y(band === 0 ? 0 : (column[band - 1] as number)));
    return columns.every((sizes) => sizes[band] === 0) ? "" : bandPath(top, bottom, edge);
  });
  return { paths, y, columns: columns.map((_, i) => ({ x: edge(i), width: edge(i + 1) - edge(i) })) };
}

/** Along the top from left to right, then along the bottom back. Runs of equal height are one line. */
function bandPath(top: readonly Pixels[], bottom: readonly Pixels[], edge: (i: number) => Pixels): string {
  let path = `M0 ${top[0]}`;
  for (let i = 1; i < top.length; i++) if (top[i] !== top[i - 1]) path += `H${edge(i)}V${top[i]}`;
  path += `H${edge(top.length)}V${bottom.at(-1)}`;
  for (let i = top.length - 1; i > 0; i--) if (bottom[i] !== bottom[i - 1]) path += `H${edge(i)}V${bottom[i - 1]}`;
  return `${path}H0Z`;
}

/** Few round values from 0 up to at most `most`; whole ones, as counts are. */
export function roundSteps(most: number, count = 4): number[] {
  if (most <= 0) return [0];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * power);
  const step = steps.find((size) => size >= rough && Number.isInteger(size)) ?? 1;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}
