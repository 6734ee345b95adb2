import type { Box } from "../../src/flame/boxes.js";
import { frame, type View } from "../../src/flame/frame.js";
import type { Paint } from "../../src/flame/palette.js";
import { setAttributes } from "../page/element.js";
import type { Scene } from "./scene.js";
import { paintedPath, svgElement } from "./svg-element.js";

const HEIGHT_PX = 44;
const EDGE_PX = 8;
const NARROWEST_PX = 3;

/** All of the picture, small, with a window on the part that is shown: to be dragged by its middle or its edges, or drawn anew. */
export class Minimap {
  readonly svg = svgElement("svg", { class: "minimap", "aria-hidden": "true", height: HEIGHT_PX });
  readonly #fills = svgElement("g");
  readonly #halo = svgElement("path", { class: "halo" });
  readonly #hits = svgElement("path", { class: "map-hits" });
  readonly #shade = svgElement("path", { class: "map-shade" });
  readonly #window = svgElement("rect", { class: "map-window", y: 0.5, height: HEIGHT_PX - 1 });
  #widthPx = 1;
  #view: View = { from: 0, to: 1 };

  constructor(onMove: (view: View) => void) {
    this.svg.append(this.#fills, this.#shade, this.#halo, this.#hits, this.#window);
    this.#listen(onMove);
  }

  drawAll(scene: Scene, widthPx: number): void {
    this.#widthPx = widthPx;
    setAttributes(this.svg, { width: widthPx, viewBox: `0 0 ${widthPx} ${HEIGHT_PX}` });
    const rowPx = HEIGHT_PX / Math.max(1, scene.boxes.rows.length);
    const { bars, marks } = frame(scene.boxes, { from: 0, to: scene.boxes.widthPx }, widthPx);
    const data = new Map<Paint, string>();
    const add = (id: number, row: number, x: number, width: number) => {
      const paint = scene.paint(id);
      const rect = `M${x.toFixed(1)} ${(row * rowPx).toFixed(1)}h${width.toFixed(1)}v${(rowPx * 0.9).toFixed(1)}h${(-width).toFixed(1)}z`;
      data.set(paint, (data.get(paint) ?? "") + rect);
    };
    for (const { box, x, width } of bars) add(box.id, box.row, x, width);
    for (const { longest, row, x, width } of marks) add(longest.id, row, x, width);
    const paths = [...data].map(([paint, d]) => {
      const path = paintedPath(paint);
      path.setAttribute("d", d);
      return path;
    });
    this.#fills.replaceChildren(...paths);
  }

  showHits(hits: readonly Box[]): void {
    const places = new Set(hits.map(({ x, width }) => Math.round(x + width / 2)));
    const marks = [...places].map((x) => `M${x} 0V${HEIGHT_PX}`).join("");
    for (const path of [this.#halo, this.#hits]) path.setAttribute("d", marks);
  }

  show(view: View): void {
    this.#view = view;
    const { from, to } = view;
    const end = this.#widthPx;
    setAttributes(this.#window, { x: from, width: Math.max(NARROWEST_PX, to - from) });
    this.#shade.setAttribute("d", `M0 0H${from}V${HEIGHT_PX}H0zM${to} 0H${end}V${HEIGHT_PX}H${to}z`);
  }

  #listen(onMove: (view: View) => void): void {
    let move: ((x: number) => void) | null = null;
    const at = (event: PointerEvent) => {
      const x = event.clientX - this.svg.getBoundingClientRect().left;
      return Math.min(this.#widthPx, Math.max(0, x));
    };
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.svg.setPointerCapture(event.pointerId);
      move = this.#grip(at(event), onMove);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (move) move(at(event));
      else this.svg.dataset.grip = this.#part(at(event));
    });
    const end = () => {
      move = null;
    };
    this.svg.addEventListener("pointerup", end);
    this.svg.addEventListener("pointercancel", end);
  }

  /** Which part of the window is there; a window on everything can only be drawn anew. */
  #part(x: number): "left" | "right" | "middle" | "new" {
    const { from, to } = this.#view;
    if (to - from >= this.#widthPx - 1) return "new";
    const edge = Math.min(EDGE_PX, (to - from) / 3);
    if (Math.abs(x - from) <= edge) return "left";
    if (Math.abs(x - to) <= edge) return "right";
    return x > from && x < to ? "middle" : "new";
  }

  #grip(start: number, onMove: (view: View) => void): (x: number) => void {
    const { from, to } = this.#view;
    const part = this.#part(start);
    const ordered = (a: number, b: number) => onMove({ from: Math.min(a, b), to: Math.max(a, b) });
    if (part === "left") return (x) => ordered(x, to);
    if (part === "right") return (x) => ordered(from, x);
    if (part === "new") return (x) => Math.abs(x - start) >= NARROWEST_PX && ordered(start, x);
    return (x) => {
      const dx = Math.min(this.#widthPx - to, Math.max(-from, x - start));
      onMove({ from: from + dx, to: to + dx });
    };
  }
}
