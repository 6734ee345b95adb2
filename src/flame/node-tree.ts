import type { Paint } from "./palette.js";

/** All stacks that begin with the same names, as one. Totals, selves and weights are milliseconds, tokens or dollars. */
export interface MergedNode {
  /** The index of the node that it hangs on; -1 for the root. */
  readonly parent: number;
  /** 0 for the root. */
  readonly depth: number;
  readonly name: string;
  readonly paint: Paint;
  /** What the node and everything beneath it took. */
  readonly total: number;
  /** The part of it that nothing beneath took. */
  readonly self: number;
  /** How many calls it is. */
  readonly count: number;
  /** The span at or beneath it that took the most by itself; null where no span is known. */
  readonly longestSpanId: number | null;
  /** What that span took; 0 where none is known. */
  readonly longestWeight: number;
}

type Named = Pick<MergedNode, "name" | "paint">;
type Measures = Pick<MergedNode, "self" | "count" | "longestSpanId" | "longestWeight">;
type Draft = { -readonly [Field in keyof MergedNode]: MergedNode[Field] } & { readonly children: number[] };

/** Collects what is merged, in any order, under names: children of one node never share one. Node 0 is the root. */
export class NodeTree {
  readonly #drafts: Draft[];
  readonly #childByName = new Map<string, number>();

  constructor(root: Named) {
    this.#drafts = [draft(-1, 0, root)];
  }

  /** The child of that name; a new one is painted as the first that had it. */
  child(parent: number, named: Named): number {
    const key = `${parent} ${named.name}`;
    const known = this.#childByName.get(key);
    if (known !== undefined) return known;
    const above = this.#drafts[parent] as Draft;
    const id = this.#drafts.push(draft(parent, above.depth + 1, named)) - 1;
    above.children.push(id);
    this.#childByName.set(key, id);
    return id;
  }

  /** Adds to what a node took by itself; what it holds follows from its children. */
  add(id: number, { self, count, longestSpanId, longestWeight }: Measures): void {
    const node = this.#drafts[id] as Draft;
    node.self += self;
    node.count += count;
    keepLongest(node, { longestSpanId, longestWeight });
  }

  /** All nodes in pre-order, of siblings the heaviest first, then by name. To be asked for once, when everything is added. */
  nodes(): MergedNode[] {
    this.#sumUp();
    const idOf = this.#drafts.map(() => -1);
    return this.#preOrder().map((at, id) => {
      const { children: _, ...node } = this.#drafts[at] as Draft;
      idOf[at] = id;
      return { ...node, parent: idOf[node.parent] ?? -1 };
    });
  }

  /** Children stand behind their parents in the list, so that from the end every node is whole when it is added. */
  #sumUp(): void {
    for (const node of this.#drafts.toReversed()) {
      node.self = withoutNoise(node.self);
      node.total = withoutNoise(node.total + node.self);
      const parent = this.#drafts[node.parent];
      if (!parent) continue;
      parent.total += node.total;
      keepLongest(parent, node);
    }
  }

  #preOrder(): number[] {
    const drafts = this.#drafts;
    const open = [0];
    const order: number[] = [];
    // Last first, so that the heaviest is popped first.
    const lightestFirst = (a: number, b: number) => byWeight(drafts[b] as Draft, drafts[a] as Draft);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      order.push(id);
      for (const child of (drafts[id] as Draft).children.sort(lightestFirst)) open.push(child);
    }
    return order;
  }
}

function draft(parent: number, depth: number, { name, paint }: Named): Draft {
  const nothing = { total: 0, self: 0, count: 0, longestSpanId: null, longestWeight: 0 };
  return { parent, depth, name, paint, ...nothing, children: [] };
}

/** Of equals the earliest span, whatever the order in which they come. */
function keepLongest(node: Draft, { longestSpanId, longestWeight }: Pick<Measures, "longestSpanId" | "longestWeight">) {
  if (longestSpanId === null) return;
  const known = node.longestSpanId ?? Number.POSITIVE_INFINITY;
  const isTie = longestWeight === node.longestWeight && longestSpanId < known;
  if (longestWeight > node.longestWeight || isTie) Object.assign(node, { longestSpanId, longestWeight });
}

/** The heaviest first, then by name, in the order of code units. */
export function byWeight(a: Pick<MergedNode, "total" | "name">, b: Pick<MergedNode, "total" | "name">): number {
  return b.total - a.total || (a.name < b.name ? -1 : 1);
}

/** Sums of fractions depend on their order in the last digits: without those, equal costs are equal. Whole numbers of up to twelve digits stay. */
export function withoutNoise(sum: number): number {
  return Number(sum.toPrecision(12));
}
