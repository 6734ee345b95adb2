import { fillOf, outlineOf, type Paint } from "../../src/flame/palette.js";
import { setAttributes } from "../page/element.js";

const SVG = "http://www.w3.org/2000/svg";

/** A new element of a picture. */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly Node[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(SVG, tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** A path in the colours and the pattern of a paint. */
export function paintedPath(paint: Paint, className = paint.className): SVGPathElement {
  const outline = outlineOf(paint);
  return svgElement("path", { class: className, fill: fillOf(paint), ...(outline ? { stroke: outline } : {}) });
}
