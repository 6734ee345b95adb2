import type { Box, Boxes } from "../../src/flame/boxes.js";
import type { GlyphWidth } from "../../src/flame/fit-label.js";
import type { Bar, View } from "../../src/flame/frame.js";
import type { Paint } from "../../src/flame/palette.js";
import type { Tick } from "../../src/flame/ticks.js";
import type { Fold } from "../../src/flame/time-scale.js";
import type { SpanFact } from "../../src/report/span-facts.js";
import type { PageState } from "../page/page-state.js";

/** A part of a scene that is zoomed to, in the scene's own unit: milliseconds, or parts of its width. */
export type Zoom = readonly [from: number, to: number];

/**
 * A picture with all that the chart asks about it. Things (spans, or merged names) have ids, which boxes carry; a thing can
 * have several boxes.
 */
export interface Scene {
  readonly boxes: Boxes;
  /** What the picture is, in words. */
  readonly title: string;
  /** The thing that all others lie in. */
  readonly root: number;
  /** The parent of each thing; -1 for the root. */
  readonly parents: readonly number[];
  readonly folds: readonly Fold[];
  paint(id: number): Paint;
  /** What is written on a bar. */
  label(bar: Bar, glyph: GlyphWidth): string;
  /** What is written beneath a bar; empty for nothing. */
  foot(bar: Bar, glyph: GlyphWidth): string;
  name(id: number): string;
  /** All that is known, on one line: for the pointer and for those who listen. */
  words(box: Box): string;
  facts(id: number): readonly SpanFact[];
  /** Where more is to be seen: each a label, and what it changes or leads to. */
  ways(id: number): readonly Way[];
  /** Of the table with the same figures. */
  readonly columns: readonly string[];
  row(id: number): readonly string[];
  /** What a search looks at. */
  text(id: number): string;
  /** Of what is in a box, begin and end, in the unit of `whole`: what hits cover is told as a share of that. */
  stretch(box: Box): Zoom;
  readonly whole: number;
  /** The things that took longest, the longest first. */
  slow(): readonly number[];
  isLit(id: number): boolean;
  view(zoom: Zoom | null): View;
  zoom(view: View): Zoom;
  /** The narrowest view that makes sense, in parts of the width. */
  readonly narrowest: number;
  ticks(view: View, widthPx: number): readonly Tick[];
  /** What a view shows, in words. */
  shows(view: View): string;
}

/** A way from a thing to something else in the page: to a state, or to the row of a table. */
export interface Way {
  readonly label: string;
  readonly to: Partial<PageState> | string;
}

/** What the scene's ways need, worked out once. */
export class SceneIndex {
  readonly boxesOf: readonly (readonly Box[])[];
  readonly children: readonly (readonly number[])[];
  #texts: readonly string[] | null = null;

  constructor(readonly scene: Scene) {
    const boxesOf = scene.parents.map((): Box[] => []);
    for (const row of scene.boxes.rows) for (const box of row) boxesOf[box.id]?.push(box);
    const children = scene.parents.map((): number[] => []);
    scene.parents.forEach((parent, id) => void children[parent]?.push(id));
    const begin = (id: number) => boxesOf[id]?.[0]?.x ?? 0;
    for (const siblings of children) siblings.sort((a, b) => begin(a) - begin(b) || a - b);
    this.boxesOf = boxesOf;
    this.children = children;
  }

  has(id: number): boolean {
    return (this.boxesOf[id]?.length ?? 0) > 0;
  }

  box(id: number): Box | undefined {
    return this.boxesOf[id]?.[0];
  }

  /** From a thing's first box to the end of its last. */
  extent(id: number): View {
    const boxes = this.boxesOf[id] ?? [];
    const last = boxes.at(-1);
    return { from: boxes[0]?.x ?? 0, to: last ? last.x + last.width : 0 };
  }

  /** From the root to the thing itself. */
  path(id: number): number[] {
    const path = [];
    for (let at = id; at >= 0; at = this.scene.parents[at] ?? -1) path.push(at);
    return path.reverse();
  }

  /** What a search looks at, in lower case. Made once, best before the first search. */
  texts(): readonly string[] {
    this.#texts ??= this.scene.parents.map((_, id) => this.scene.text(id).toLowerCase());
    return this.#texts;
  }

  /** How many it lies in. */
  level(id: number): number {
    return this.path(id).length - 1;
  }

  /** Those of the same parent; a sandwich's callers stand above it, and are no siblings of what it calls. */
  siblings(id: number): readonly number[] {
    const parent = this.scene.parents[id] ?? -1;
    const isAbove = (child: number) => (this.box(child)?.row ?? 0) < (this.box(parent)?.row ?? 0);
    return this.children[parent]?.filter((child) => isAbove(child) === isAbove(id)) ?? [id];
  }
}
