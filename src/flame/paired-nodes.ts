import type { MergedNode } from "./node-tree.js";

/** A node of two merged graphs of the same kind: what it took in each, 0 where it is not there. */
export interface PairedNode {
  /** The index of the node that it hangs on; -1 for the root. */
  readonly parent: number;
  readonly name: string;
  readonly a: number;
  readonly b: number;
}

/** Two flame graphs as one: nodes that are reached by the same names are one node. Parents before children. */
export function pairedNodes(a: readonly MergedNode[], b: readonly MergedNode[]): PairedNode[] {
  const nodes: { parent: number; name: string; a: number; b: number }[] = [];
  const known = new Map<string, number>();
  const place = (side: "a" | "b", graph: readonly MergedNode[]) => {
    const idOf: number[] = [];
    for (const { parent, name, total } of graph) {
      const above = idOf[parent] ?? -1;
      // The roots are one, whatever they are called.
      const key = above < 0 ? "" : `${above} ${name}`;
      const id = known.get(key) ?? nodes.push({ parent: above, name, a: 0, b: 0 }) - 1;
      known.set(key, id);
      idOf.push(id);
      (nodes[id] as { a: number; b: number })[side] += total;
    }
  };
  place("a", a);
  place("b", b);
  return nodes;
}

/** The same nodes in pre-order, of siblings the heaviest first, then by name. Parents must stand before their children. */
export function inOrder<Node extends { readonly parent: number; readonly name: string }>(
  nodes: readonly Node[],
  weightOf: (node: Node) => number,
): Node[] {
  const children = nodes.map((): number[] => []);
  nodes.forEach(({ parent }, id) => {
    children[parent]?.push(id);
  });
  const lightestFirst = (one: number, other: number) => {
    const [a, b] = [nodes[one] as Node, nodes[other] as Node];
    return weightOf(a) - weightOf(b) || (a.name < b.name ? 1 : -1);
  };
  const order: number[] = [];
  const open = nodes.length > 0 ? [0] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    order.push(id);
    open.push(...(children[id] as number[]).sort(lightestFirst));
  }
  const placeOf = new Map(order.map((id, place) => [id, place]));
  return order.map((id) => {
    const node = nodes[id] as Node;
    return { ...node, parent: placeOf.get(node.parent) ?? -1 };
  });
}
