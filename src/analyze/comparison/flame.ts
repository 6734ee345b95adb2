import { mergedNodes } from "../../flame/merge.js";
import { withoutNoise } from "../../flame/node-tree.js";
import { inOrder, type PairedNode, pairedNodes } from "../../flame/paired-nodes.js";
import { stacks } from "../../flame/stacks.js";
import type { DifferenceGraph } from "../../model/comparison.js";
import type { Report } from "../../model/report.js";
import type { Share } from "../../model/units.js";

/** What takes less of both sides is under half a pixel wide in the page. */
const NARROWEST: Share = 1 / 2_400;
/** Deeper rows would make the picture longer than any screen. */
const MOST_DEEP = 40;

/** Where the time of work of both sides lies, as one call tree; of groups the mean of their sessions. */
export function differenceGraph(a: readonly Report[], b: readonly Report[]): DifferenceGraph {
  const paired = pairedNodes(timeNodes(a), timeNodes(b));
  const shown = shownNodes(paired.map((node) => ({ ...node, a: mean(node.a, a.length), b: mean(node.b, b.length) })));
  const nodes = inOrder(shown, (node) => node.a + node.b);
  return {
    nodes: nodes.map(({ parent, name, a: aMs, b: bMs }) => ({ parent, name, aMs, bMs })),
    leftOut: paired.length - shown.length,
  };
}

function timeNodes(reports: readonly Report[]) {
  return mergedNodes(
    reports.flatMap((report) => stacks(report, "name", "time")),
    "all work",
  );
}

function mean(sum: number, count: number): number {
  return withoutNoise(sum / count);
}

/** Without what is too narrow or too deep, and all beneath that. Parents stand before their children. */
function shownNodes(nodes: readonly PairedNode[]): PairedNode[] {
  const { a = 0, b = 0 } = nodes[0] ?? {};
  const shown: PairedNode[] = [];
  const placeOf: (number | null)[] = [];
  const depths: number[] = [];
  for (const node of nodes) {
    const depth = (depths[node.parent] ?? -1) + 1;
    depths.push(depth);
    const parent = node.parent < 0 ? -1 : (placeOf[node.parent] ?? null);
    const isWide = node.a > a * NARROWEST || node.b > b * NARROWEST || node.parent < 0;
    const isShown = parent !== null && isWide && depth <= MOST_DEEP;
    placeOf.push(isShown ? shown.push({ ...node, parent }) - 1 : null);
  }
  return shown;
}
