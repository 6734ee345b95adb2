import { DIFFERENCE_PAINTS, differencePaint } from "../flame/difference-paints.js";
import { estimatedGlyphs, fitLabel, textWidth } from "../flame/fit-label.js";
import { LABEL_FONT_PX, LABEL_PADDING_PX } from "../flame/flame-chart.js";
import { boxRows } from "../flame/flame-graph.js";
import { type Bar, frame, type Mark, widthWithGap } from "../flame/frame.js";
import type { MergedNode } from "../flame/node-tree.js";
import { inOrder } from "../flame/paired-nodes.js";
import type { Paint } from "../flame/palette.js";
import type { DifferenceGraph, DifferenceNode } from "../model/comparison.js";
import type { Pixels } from "../model/units.js";
import { formatDuration, plural } from "../report/format.js";
import { formatChange, formatDifference } from "../report/signed.js";
import { shortened, visible } from "../report/visible.js";
import { escapeMarkup } from "./escape.js";
import { WIDTH_PX } from "./flame-svg.js";
import { type Shape, shapesSvg } from "./shapes-svg.js";

const ROW_PX: Pixels = 22;
/** Corners of wider bars are rounded, and narrower ones are hard to point at. */
const WIDEST_SQUARE_PX: Pixels = 6;
const NARROWEST_TITLE_PX: Pixels = 3;
const MOST_TITLE_CHARS = 500;
const GLYPHS = estimatedGlyphs(LABEL_FONT_PX);

/** Whose time the widths are. */
export type Side = "a" | "b";

export interface DifferencePicture {
  readonly svg: string;
  readonly paints: readonly Paint[];
}

/** A node as flame graphs have them: its total is what it took on the side that is drawn. */
interface Drawn extends DifferenceNode, MergedNode {}

/** What is not drawn here: no bar leads to a span. */
const UNDRAWN = { self: 0, count: 0, longestSpanId: null, longestWeight: 0 };

/**
 * A flame graph as wide as one side's time, coloured by what the other one has more or less of: what is there on that side
 * alone is not in it. SVG that needs neither script nor style sheet; labels say the difference with its sign.
 */
export function differenceSvg(graph: DifferenceGraph, side: Side): DifferencePicture {
  const nodes = drawnNodes(graph, side);
  const rows = boxRows(nodes, WIDTH_PX);
  const { bars, marks } = frame({ widthPx: WIDTH_PX, rows }, { from: 0, to: WIDTH_PX }, WIDTH_PX);
  const shapes = [...bars.map((bar) => barShape(bar, nodes)), ...marks.map(markShape)];
  const heightPx = rows.length * ROW_PX;
  const name = side.toUpperCase();
  const label = `Flame graph as wide as the time of ${name}: ${plural(bars.length, "bar")} in ${formatDuration(nodes[0]?.total ?? 0)}. The tables have the same figures.`;
  return {
    svg: `<svg class="flame" font-family="system-ui,sans-serif" font-size="${LABEL_FONT_PX}" viewBox="0 0 ${WIDTH_PX} ${heightPx}" width="${WIDTH_PX}" height="${heightPx}" role="img" aria-label="${escapeMarkup(label)}">${shapesSvg(shapes)}</svg>`,
    paints: [...new Set(shapes.map(({ paint }) => paint))],
  };
}

/** In the order in which they are packed: the heaviest first. */
function drawnNodes({ nodes }: DifferenceGraph, side: Side): Drawn[] {
  const weightOf = ({ aMs, bMs }: DifferenceNode) => (side === "a" ? aMs : bMs);
  const wholeMs = Math.max(nodes[0]?.aMs ?? 0, nodes[0]?.bMs ?? 0) || 1;
  const drawn: Drawn[] = [];
  for (const node of inOrder(nodes, weightOf)) {
    const depth = (drawn[node.parent]?.depth ?? -1) + 1;
    const paint = differencePaint((node.bMs - node.aMs) / wholeMs);
    drawn.push({ ...node, ...UNDRAWN, depth, paint, total: weightOf(node) });
  }
  return drawn;
}

function barShape({ box, x, width }: Bar, nodes: readonly Drawn[]): Shape {
  const node = nodes[box.id] as Drawn;
  const room = widthWithGap(width) - 2 * LABEL_PADDING_PX;
  return {
    ...{ paint: node.paint, x, y: box.row * ROW_PX },
    ...{ width: widthWithGap(width), isRound: width > WIDEST_SQUARE_PX, id: "" },
    title: width < NARROWEST_TITLE_PX ? "" : shortened(hoverWords(node), MOST_TITLE_CHARS),
    label: barLabel(node, room),
  };
}

/** `bash −40 ms`, where there is less room `bash ▼`, else what fits of the name: half a figure would be another one. */
function barLabel(node: DifferenceNode, roomPx: Pixels): string {
  const name = visible(node.name);
  const difference = node.bMs - node.aMs;
  const only = onlyWords(node);
  const words = only === "" ? formatDifference(difference, "ms") : `(${only})`;
  const candidates = difference === 0 ? [] : [`${name} ${words}`, `${name} ${difference > 0 ? "▲" : "▼"}`];
  const fitting = candidates.find((text) => textWidth(text, GLYPHS) <= roomPx);
  return fitting ?? fitLabel(name, roomPx, GLYPHS);
}

function hoverWords(node: DifferenceNode): string {
  const { aMs, bMs, name } = node;
  const difference = bMs - aMs;
  const change = formatChange(aMs, difference);
  const words = `${formatDifference(difference, "ms")}${change === "" ? "" : ` (${change})`}`;
  const parts = [visible(name), `A ${formatDuration(aMs)}, B ${formatDuration(bMs)}`, words, onlyWords(node)];
  return parts.filter(Boolean).join(" · ");
}

function onlyWords({ aMs, bMs }: DifferenceNode): string {
  if (aMs === 0 && bMs > 0) return "only in B";
  return bMs === 0 && aMs > 0 ? "only in A" : "";
}

/** Bars under a pixel, joined: whatever they differ by, it is next to nothing of the whole. */
function markShape({ row, x, width, count, size }: Mark): Shape {
  const title = `${plural(count, "narrow bar")} · ${formatDuration(size)}`;
  return {
    ...{ paint: DIFFERENCE_PAINTS.same, x, y: row * ROW_PX, width, isRound: false, id: "", label: "" },
    title: width < NARROWEST_TITLE_PX ? "" : title,
  };
}
