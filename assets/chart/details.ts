import type { SpanFact } from "../../src/report/span-facts.js";
import { button, element } from "../page/element.js";
import type { Scene, Way } from "./scene.js";

/** The panel with all that is known of the selected thing. */
export function detailsPanel(
  scene: Scene,
  id: number,
  onWay: (to: Way["to"]) => void,
  onZoom: () => void,
  onClose: () => void,
): HTMLElement {
  const close = button("Close", onClose);
  const ways = scene.ways(id).map(({ label, to }) => {
    return typeof to === "string" ? element("a", { href: `#${to}` }, label) : button(label, () => onWay(to));
  });
  return element(
    ...(["div", { class: "details", role: "region", "aria-label": "Selected" }] as const),
    element("h3", {}, scene.name(id)),
    element("div", { class: "ways" }, button("Zoom to it", onZoom), ...ways, close),
    element("dl", {}, ...scene.facts(id).map(factRow)),
  );
}

function factRow({ label, text, isBlock }: SpanFact): HTMLElement {
  const value = isBlock ? element("pre", {}, text) : text;
  return element("div", {}, element("dt", {}, label), element("dd", {}, value));
}
