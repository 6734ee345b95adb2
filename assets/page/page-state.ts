import type { Grouping, Weight } from "../../src/flame/stacks.js";
import type { Folding } from "../../src/flame/time-scale.js";

/** What is shown: all of it stands in the address behind `#`, so that a copied link shows the same. */
export interface PageState {
  /** The id of a section. */
  readonly tab: string;
  /** The id of a row that a link leads to; empty for none. */
  readonly row: string;
  readonly picture: Picture;
  readonly by: Grouping;
  readonly weight: Weight;
  /** The part that is zoomed to: of the flame chart in milliseconds, of other pictures in parts of their width; null for all. */
  readonly zoom: readonly [number, number] | null;
  /** The selected span. */
  readonly span: number | null;
  /** The selected box of a merged picture. */
  readonly node: number | null;
  /** The name in the middle of the sandwich; empty for the heaviest. */
  readonly name: string;
  readonly find: string;
  readonly isRegex: boolean;
  readonly folding: Folding;
  readonly isPathLit: boolean;
}

export type Picture = (typeof PICTURES)[number];

export const PICTURES = ["chart", "graph", "sandwich"] as const;
export const GROUPINGS = ["name", "tool", "file", "model"] as const satisfies readonly Grouping[];
export const WEIGHTS = ["time", "tokens", "cost"] as const satisfies readonly Weight[];
const FOLDINGS = ["auto", "always", "never"] as const satisfies readonly Folding[];

export const FIRST_STATE: PageState = {
  ...{ tab: "overview", row: "", picture: "chart", by: "name", weight: "time", zoom: null, span: null },
  ...{ node: null, name: "" },
  ...{ find: "", isRegex: false, folding: "auto", isPathLit: false },
};

/** `#timeline&zoom=1200-5300&span=45`: only what differs from the first state. */
export function hashOf(state: PageState): string {
  const { tab, row, picture, by, weight, zoom, span, node, name, find, isRegex, folding, isPathLit } = state;
  const words = new URLSearchParams();
  const add = (key: string, value: string, first: string) => void (value === first || words.set(key, value));
  add("picture", picture, FIRST_STATE.picture);
  add("by", by, FIRST_STATE.by);
  add("weight", weight, FIRST_STATE.weight);
  add("zoom", zoom ? zoom.map(rounded).join("-") : "", "");
  add("span", span === null ? "" : String(span), "");
  add("node", node === null ? "" : String(node), "");
  add("name", name, "");
  if (isRegex) words.set("regex", find);
  else add("find", find, "");
  add("fold", folding, FIRST_STATE.folding);
  add("path", isPathLit ? "1" : "", "");
  const rest = words.toString();
  return `#${row || tab}${rest && "&"}${rest}`;
}

/** The state that an address means: `sectionOf` tells the section that an element's id is in, null where there is no such element. */
export function stateOf(hash: string, sectionOf: (id: string) => string | null): PageState {
  const [id = "", ...rest] = hash.slice(1).split("&");
  const words = new URLSearchParams(rest.join("&"));
  const tab = sectionOf(id);
  // A link to a bar of the picture that needs no script.
  const linked = /^s\d+$/.test(id) ? id.slice(1) : null;
  const find = words.get("regex") ?? words.get("find") ?? "";
  return {
    tab: tab ?? FIRST_STATE.tab,
    row: tab === null || tab === id || linked ? "" : id,
    picture: oneOf(PICTURES, words.get("picture")),
    by: oneOf(GROUPINGS, words.get("by")),
    weight: oneOf(WEIGHTS, words.get("weight")),
    zoom: zoomOf(words.get("zoom") ?? ""),
    span: idOf(words.get("span") ?? linked),
    node: idOf(words.get("node")),
    name: words.get("name") ?? "",
    ...{ find, isRegex: words.has("regex") },
    folding: oneOf(FOLDINGS, words.get("fold")),
    isPathLit: words.has("path"),
  };
}

function idOf(words: string | null): number | null {
  return /^\d+$/.test(words ?? "") ? Number(words) : null;
}

function oneOf<Value extends string>(values: readonly [Value, ...Value[]], word: string | null): Value {
  return values.find((value) => value === word) ?? values[0];
}

function zoomOf(words: string): PageState["zoom"] {
  const [, from, to] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(words) ?? [];
  return from !== undefined && Number(to) > Number(from) ? [Number(from), Number(to)] : null;
}

/**
 * Finer than a pixel of the narrowest view: of a hundred-thousandth of the width, or of two milliseconds. Never as 1e-9: the
 * minus would part the two figures.
 */
function rounded(value: number): string {
  return value.toFixed(value < 1 ? 10 : 6).replace(/\.?0+$/, "");
}
