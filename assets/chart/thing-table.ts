import type { View } from "../../src/flame/frame.js";
import { formatCount, plural } from "../../src/report/format.js";
import { button, element } from "../page/element.js";
import type { SceneIndex } from "./scene.js";
import type { Hits } from "./search.js";

const ROWS_AT_ONCE = 200;
const DEEPEST_INDENT = 12;

/** The picture as a table: a row for each thing in view, or for each hit, with the figures that the picture shows. */
export class ThingTable {
  readonly details = element("details", { class: "as-table" }, element("summary", {}, "The same as a table"));
  #draw: (() => void) | null = null;
  #rows = ROWS_AT_ONCE;
  #index: SceneIndex | null = null;
  #ids: readonly number[] = [];

  constructor(readonly onSelect: (id: number) => void) {
    this.details.addEventListener("toggle", () => this.#draw?.());
  }

  show(index: SceneIndex, view: View, hits: Hits): void {
    this.#draw = () => {
      if (this.details.open) this.#showRows(index, thingsIn(index, view, hits));
    };
    this.#draw();
  }

  /** Rows that are there already stay: with them the focus, and how far they are scrolled. */
  #showRows(index: SceneIndex, ids: readonly number[]): void {
    if (index === this.#index && ids.length === this.#ids.length && ids.every((id, i) => id === this.#ids[i])) return;
    this.#index = index;
    this.#ids = ids;
    this.#rows = ROWS_AT_ONCE;
    this.#fill(index, ids);
  }

  #fill(index: SceneIndex, ids: readonly number[]): void {
    const { scene } = index;
    const heads = scene.columns.map((label, i) => element("th", i === 0 ? {} : { class: "n" }, label));
    const rows = ids.slice(0, this.#rows).map((id) => this.#row(index, id));
    const table = element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows),
    );
    const frame = element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": `${scene.title} as a table` },
      table,
    );
    const left = ids.length - rows.length;
    const count = element(
      "p",
      { class: "foot" },
      `${formatCount(rows.length)} of ${plural(ids.length, "row")} in view`,
    );
    const more = button(`Show ${formatCount(Math.min(left, ROWS_AT_ONCE))} more`, () => {
      this.#rows += ROWS_AT_ONCE;
      this.#fill(index, ids);
      this.details.querySelectorAll<HTMLElement>("tbody button")[rows.length]?.focus();
    });
    this.details.replaceChildren(this.details.firstElementChild as Element, frame, count, ...(left > 0 ? [more] : []));
  }

  #row(index: SceneIndex, id: number): HTMLElement {
    const [name = "", ...figures] = index.scene.row(id);
    const link = button(name || "–", () => this.onSelect(id));
    link.style.marginLeft = `${Math.min(DEEPEST_INDENT, index.level(id))}em`;
    const cells = figures.map((text) => element("td", { class: "n" }, text));
    return element("tr", {}, element("td", { class: "name" }, link), ...cells);
  }
}

function thingsIn(index: SceneIndex, view: View, hits: Hits): readonly number[] {
  const isIn = (id: number) => {
    const { from, to } = index.extent(id);
    return index.has(id) && from <= view.to && to >= view.from;
  };
  if (hits.ids.length > 0) return hits.ids.filter(isIn);
  return index.scene.parents.flatMap((_, id) => (isIn(id) ? [id] : []));
}
