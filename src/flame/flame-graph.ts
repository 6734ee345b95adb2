import type { Pixels } from "../model/units.js";
import type { Box, Boxes } from "./boxes.js";
import type { MergedNode } from "./node-tree.js";

/** Merged nodes and where each is drawn: a box's id is the index of its node. */
export interface MergedPicture {
  readonly nodes: readonly MergedNode[];
  readonly picture: Boxes;
}

/**
 * The flame graph as rectangles: a row for each depth, the root on top, widths in proportion to totals, children packed
 * from the left so that what a node took by itself is free at its right end. Nodes without any weight have no box.
 */
export function flameGraph(nodes: readonly MergedNode[], widthPx: Pixels): MergedPicture {
  return { nodes, picture: { widthPx, rows: boxRows(nodes, widthPx) } };
}

interface Placed {
  /** Where the next child begins, in the unit of the totals. */
  next: number;
  readonly endX: Pixels;
}

/**
 * Boxes by depth. Nodes as `mergedNodes` gives them: since the heaviest stand first, no box is wider than what lies left of
 * it, which is why `x + width` is exact, and neighbours touch without a rounding error.
 */
export function boxRows(nodes: readonly MergedNode[], widthPx: Pixels): Box[][] {
  const rows: Box[][] = [];
  const pxPerUnit = widthPx / (nodes[0]?.total || 1);
  const placed: Placed[] = [];
  nodes.forEach(({ parent, depth, total }, id) => {
    const around = placed[parent] ?? { next: 0, endX: widthPx };
    const start = around.next;
    around.next += total;
    const x = Math.min(start * pxPerUnit, around.endX);
    const endX = Math.min(around.next * pxPerUnit, around.endX);
    placed.push({ next: start, endX });
    if (total <= 0) return;
    rows[depth] ??= [];
    rows[depth].push({ id, row: depth, x, width: endX - x, size: total });
  });
  return rows;
}
