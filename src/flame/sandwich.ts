import type { Pixels } from "../model/units.js";
import { boxRows, type MergedPicture } from "./flame-graph.js";
import { byWeight, type MergedNode, NodeTree, withoutNoise } from "./node-tree.js";

/** Everything of one name, wherever it was called. */
export interface NameTotal extends Pick<MergedNode, "name" | "paint" | "total" | "self" | "count"> {}

/** Callers further out than this are left out: what calls itself in turns could have as many as the session is deep. */
const MOST_CALLERS = 100;

/**
 * All names but the root's, the heaviest first. What lies within another of the same name is in that one's total already;
 * as a call it is counted.
 */
export function names(nodes: readonly MergedNode[]): NameTotal[] {
  const totals = new Map<string, { -readonly [Field in keyof NameTotal]: NameTotal[Field] }>();
  const isOutermost = outermost(nodes);
  nodes.forEach(({ name, paint, total, self, count }, id) => {
    if (id === 0) return;
    const known = totals.get(name) ?? { name, paint, total: 0, self: 0, count: 0 };
    known.total = withoutNoise(known.total + (isOutermost[id] ? total : 0));
    known.self = withoutNoise(known.self + self);
    known.count += count;
    totals.set(name, known);
  });
  return [...totals.values()].sort(byWeight);
}

/** Of each node, whether no node above it has its name. The root's name is no name of a call. */
function outermost(nodes: readonly MergedNode[]): boolean[] {
  const path: string[] = [];
  const open = new Map<string, number>();
  const change = (name: string, by: 1 | -1) => open.set(name, (open.get(name) ?? 0) + by);
  return nodes.map(({ name, depth }, id) => {
    if (id === 0) return false;
    while (path.length >= depth) change(path.pop() as string, -1);
    path.push(name);
    change(name, 1);
    return open.get(name) === 1;
  });
}

/**
 * One name with everything that called it above and everything that it called beneath, both merged. Node 0 is the name
 * itself: what all its calls took, as in `names`. Then its callees; then its callers, whose depth is negative, -1 for the
 * nearest, and whose `parent` is the node that they called. Of a call within another of the same name only the outer one
 * has callers: so those that are side by side never sum to more than what they called. The root is no caller.
 */
export function sandwich(nodes: readonly MergedNode[], name: string, widthPx: Pixels): MergedPicture {
  const callees = calleesOf(nodes, name);
  const callers = callersOf(nodes, name);
  const above = boxRows(callers, widthPx).slice(1).reverse();
  const idOf = (caller: number) => (caller === 0 ? 0 : callees.length + caller - 1);
  const rows = [
    ...above.map((boxes) => boxes.map((box) => ({ ...box, id: idOf(box.id) }))),
    ...boxRows(callees, widthPx),
  ];
  return {
    nodes: [
      ...callees,
      ...callers.slice(1).map((node) => ({ ...node, parent: idOf(node.parent), depth: -node.depth })),
    ],
    picture: { widthPx, rows: rows.map((boxes, row) => boxes.map((box) => ({ ...box, row }))) },
  };
}

/** The trees beneath all outermost nodes of the name, laid upon each other. */
function calleesOf(nodes: readonly MergedNode[], name: string): MergedNode[] {
  const tree = new NodeTree(rootOf(nodes, name));
  const placed: number[] = [];
  nodes.forEach((node, id) => {
    const above = placed[node.parent] ?? OUTSIDE;
    const isFocal = id > 0 && node.name === name;
    placed.push(above !== OUTSIDE ? tree.child(above, node) : isFocal ? 0 : OUTSIDE);
    if (placed[id] !== OUTSIDE) tree.add(placed[id] as number, node);
    if (isFocal && placed[id] !== 0) tree.add(0, { ...NO_WEIGHT, count: node.count });
  });
  return tree.nodes();
}

/** The paths from the outermost nodes of the name outwards, merged: each brings what the node took in all. */
function callersOf(nodes: readonly MergedNode[], name: string): MergedNode[] {
  const tree = new NodeTree(rootOf(nodes, name));
  const isOutermost = outermost(nodes);
  nodes.forEach((node, id) => {
    if (node.name !== name || !isOutermost[id]) return;
    let at = 0;
    let caller = node.parent;
    for (let distance = 0; caller > 0 && distance < MOST_CALLERS; distance++) {
      const above = nodes[caller] as MergedNode;
      at = tree.child(at, above);
      tree.add(at, { ...NO_WEIGHT, count: node.count });
      caller = above.parent;
    }
    tree.add(at, { ...node, self: node.total, count: 0 });
  });
  return tree.nodes();
}

const OUTSIDE = -1;
const NO_WEIGHT = { self: 0, count: 0, longestSpanId: null, longestWeight: 0 };

function rootOf(nodes: readonly MergedNode[], name: string): Pick<MergedNode, "name" | "paint"> {
  return nodes.find((node, id) => id > 0 && node.name === name) ?? (nodes[0] as MergedNode);
}
