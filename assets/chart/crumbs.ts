import type { View } from "../../src/flame/frame.js";
import { button, element } from "../page/element.js";
import type { SceneIndex } from "./scene.js";

/** What is zoomed to has room beside it, all of it on one side where it stands at an end: so much of the view it may lack. */
const SLACK = 0.04;
const SLACK_PX = 0.5;

/** The way back from a zoom: all that the view lies in, each to zoom to. */
export function crumbs(index: SceneIndex, view: View, onZoom: (id: number) => void): HTMLElement {
  const path = holders(index, view);
  const items = path.map((id, i) => {
    const name = index.scene.name(id);
    if (i === path.length - 1 && i > 0) return element("li", { "aria-current": "true" }, name);
    return element(
      "li",
      {},
      button(name, () => onZoom(id)),
    );
  });
  return element("ol", { class: "crumbs", "aria-label": "Zoomed to" }, ...items);
}

/** From the root down to the smallest thing that the view lies in, or that is zoomed to. */
function holders(index: SceneIndex, view: View): number[] {
  const path = [index.scene.root];
  const slack = SLACK_PX + (view.to - view.from) * SLACK;
  const holds = (id: number) => {
    const { from, to } = index.extent(id);
    return from <= view.from + slack && to >= view.to - slack;
  };
  for (;;) {
    const inner = index.children[path.at(-1) as number]?.find(holds);
    if (inner === undefined) return path;
    path.push(inner);
  }
}
