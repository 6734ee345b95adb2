import { element } from "../page/element.js";
import type { SceneIndex } from "./scene.js";

/**
 * The picture for those who hear it: a tree whose items are the selected thing and all that it lies in. The element has
 * the focus; the item that is meant moves.
 */
export class Tree {
  readonly host: HTMLElement;
  readonly #items = element("div", { class: "hidden" });

  constructor(picture: Element) {
    this.host = element("div", { class: "picture", role: "tree", tabindex: "0" }, picture, this.#items);
    // What only holds the items is nothing to those who hear it.
    this.#items.setAttribute("role", "none");
  }

  show(index: SceneIndex, selected: number | null): void {
    const { scene } = index;
    this.host.setAttribute("aria-label", scene.title);
    const path = index.path(selected ?? scene.root);
    this.#items.replaceChildren(
      ...path.map((id, level) => {
        const siblings = index.siblings(id);
        const box = index.box(id);
        const isLast = level === path.length - 1;
        return element("div", {
          ...{ role: "treeitem", id: `item-${level}`, "aria-level": String(level + 1) },
          ...{ "aria-setsize": String(siblings.length), "aria-posinset": String(siblings.indexOf(id) + 1) },
          ...{ "aria-selected": String(id === selected), "aria-label": box ? scene.words(box) : scene.name(id) },
          ...(index.children[id]?.length ? { "aria-expanded": String(!isLast) } : {}),
        });
      }),
    );
    this.host.setAttribute("aria-activedescendant", `item-${path.length - 1}`);
  }
}
