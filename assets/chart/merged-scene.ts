import { fitLabel, type GlyphWidth, textWidth } from "../../src/flame/fit-label.js";
import { LABEL_PADDING_PX } from "../../src/flame/flame-chart.js";
import { flameGraph, type MergedPicture } from "../../src/flame/flame-graph.js";
import { type MergedNode, mergedNodes } from "../../src/flame/merge.js";
import { names, sandwich } from "../../src/flame/sandwich.js";
import { type Grouping, stacks, type Weight } from "../../src/flame/stacks.js";
import type { Report } from "../../src/model/report.js";
import { formatCount, formatDuration, formatShare, formatUsd } from "../../src/report/format.js";
import { displayTitle } from "../../src/report/visible.js";
import type { Scene, Way } from "./scene.js";

const MOST_NAMES = 500;
const SLOW_NODES = 20;
const NARROWEST = 1e-5;
/** As in the flame chart: what is deeper is in the table. */
const MOST_ROWS = 100;

const UNITS: Readonly<Record<Weight, (size: number) => string>> = {
  time: formatDuration,
  tokens: formatCount,
  cost: formatUsd,
};

export interface MergedScene {
  readonly scene: Scene;
  /** The names that can stand in the middle of a sandwich, and the one that does. */
  readonly names: readonly string[];
  readonly chosen: string;
}

/** A flame graph or a sandwich as a scene: its things are merged names, its unit is a part of the width. */
export function mergedScene(
  report: Report,
  widthPx: number,
  picture: "graph" | "sandwich",
  by: Grouping,
  weight: Weight,
  name: string,
): MergedScene {
  const nodes = mergedNodes(stacks(report, by, weight), displayTitle(report.session.title));
  const found = names(nodes).map((each) => each.name);
  const chosen = found.includes(name) ? name : (found[0] ?? "");
  const isSandwich = picture === "sandwich";
  const whole = isSandwich ? sandwich(nodes, chosen, widthPx) : flameGraph(nodes, widthPx);
  const merged = { ...whole, picture: { widthPx, rows: whole.picture.rows.slice(0, MOST_ROWS) } };
  const title = `${isSandwich ? "Sandwich" : "Flame graph"} by ${by}, ${weight}`;
  return { scene: sceneOf(merged, title, by, weight), names: found.slice(0, MOST_NAMES), chosen };
}

function sceneOf({ nodes, picture }: MergedPicture, title: string, by: Grouping, weight: Weight): Scene {
  const format = UNITS[weight];
  const { widthPx } = picture;
  const node = (id: number) => nodes[id] as MergedNode;
  const whole = nodes[0]?.total ?? 0;
  const share = (size: number) => formatShare(whole > 0 ? size / whole : null);
  return {
    ...{ boxes: picture, title, root: 0, parents: nodes.map(({ parent }) => parent), folds: [] },
    paint: (id) => node(id).paint,
    label: ({ box, width }, glyph) => label(node(box.id).name, format(box.size), width, glyph),
    foot: () => "",
    name: (id) => node(id).name,
    words: ({ id }) => {
      const { name, total, self, count } = node(id);
      const own = self > 0 && self < total ? [`${format(self)} of its own`] : [];
      return [name, `${format(total)} (${share(total)})`, ...own, times(count)].join(" · ");
    },
    facts: (id) => facts(node(id), format, share),
    ways: (id) => ways(node(id), by, weight),
    columns: ["What", "Total", "Share", "Own", "Calls"],
    row: (id) => {
      const { name, total, self, count } = node(id);
      return [name, format(total), share(total), format(self), formatCount(count)];
    },
    text: (id) => node(id).name,
    stretch: ({ x, width }) => [x, x + width],
    whole: widthPx,
    slow: () => heaviest(nodes),
    isLit: () => true,
    view: (zoom) => ({ from: (zoom?.[0] ?? 0) * widthPx, to: (zoom?.[1] ?? 1) * widthPx }),
    zoom: ({ from, to }) => [from / widthPx, to / widthPx],
    narrowest: NARROWEST,
    ticks: () => [],
    shows: ({ from, to }) => `${share(((to - from) / widthPx) * whole)} of the width`,
  };
}

function label(name: string, size: string, widthPx: number, glyph: GlyphWidth): string {
  const room = widthPx - 2 * LABEL_PADDING_PX;
  const whole = `${name} · ${size}`;
  return textWidth(whole, glyph) <= room ? whole : fitLabel(name, room, glyph);
}

function times(count: number): string {
  return `${formatCount(count)}${count === 1 ? " call" : " calls"}`;
}

function facts(
  { total, self, count, longestWeight }: MergedNode,
  format: (size: number) => string,
  share: (size: number) => string,
) {
  return [
    { label: "Total", text: `${format(total)} (${share(total)})` },
    { label: "Own", text: self > 0 ? format(self) : "" },
    { label: "Calls", text: formatCount(count) },
    { label: "Mean", text: count > 1 ? format(total / count) : "" },
    { label: "Largest piece", text: count > 1 && longestWeight > 0 ? format(longestWeight) : "" },
  ].filter(({ text }) => text !== "");
}

function ways({ name, longestSpanId, parent }: MergedNode, by: Grouping, weight: Weight): Way[] {
  const span = { picture: "chart", span: longestSpanId, zoom: null, node: null } as const;
  return [
    ...(parent < 0
      ? []
      : [
          {
            label: "Callers and callees",
            to: { picture: "sandwich", by, weight, name, zoom: null, node: null },
          } as const,
        ]),
    ...(longestSpanId === null ? [] : [{ label: "Its largest piece in the flame chart", to: span }]),
  ];
}

/** By what they took themselves: what is beneath them stands for itself. */
function heaviest(nodes: readonly MergedNode[]): number[] {
  const ids = nodes.map((_, id) => id).filter((id) => (nodes[id]?.self ?? 0) > 0);
  return ids.sort((a, b) => (nodes[b] as MergedNode).self - (nodes[a] as MergedNode).self).slice(0, SLOW_NODES);
}
