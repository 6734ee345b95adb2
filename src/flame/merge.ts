import { type MergedNode, NodeTree } from "./node-tree.js";
import { PAINTS } from "./palette.js";
import type { Frame, Stack } from "./stack.js";

export type { MergedNode };

/** A flame graph's nodes: the root first, parents before children, of siblings the heaviest first. A node's id is its index. */
export function mergedNodes(stacks: readonly Stack[], rootName: string): MergedNode[] {
  const tree = new NodeTree({ name: rootName, paint: PAINTS.session });
  tree.add(0, { self: 0, count: 1, longestSpanId: null, longestWeight: 0 });
  const nodeOf = new Map<Frame, number>();
  for (const { leaf, weight, spanId } of stacks) {
    const longestWeight = spanId === null ? 0 : weight;
    tree.add(placed(leaf, nodeOf, tree), { self: weight, count: 0, longestSpanId: spanId, longestWeight });
  }
  return tree.nodes();
}

/** The frame's node. Each frame is walked over and counted once, however many stacks run through it. */
function placed(leaf: Frame, nodeOf: Map<Frame, number>, tree: NodeTree): number {
  const unplaced: Frame[] = [];
  let frame: Frame | null = leaf;
  for (; frame && !nodeOf.has(frame); frame = frame.above) unplaced.push(frame);
  let node = frame ? (nodeOf.get(frame) as number) : 0;
  for (const frame of unplaced.reverse()) {
    node = tree.child(node, frame);
    tree.add(node, { self: 0, count: frame.calls, longestSpanId: null, longestWeight: 0 });
    nodeOf.set(frame, node);
  }
  return node;
}
