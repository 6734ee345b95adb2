import type { Box } from "../../src/flame/boxes.js";
import type { GlyphWidth } from "../../src/flame/fit-label.js";
import { LABEL_FONT_PX, LABEL_PADDING_PX } from "../../src/flame/flame-chart.js";
import { type Bar, type Frame, frame, type View, widthWithGap } from "../../src/flame/frame.js";
import { insetOf, type Paint } from "../../src/flame/palette.js";
import { tickLabels } from "../../src/flame/tick-labels.js";
import { setAttributes } from "../page/element.js";
import { measuredGlyphs } from "./glyphs.js";
import type { Scene } from "./scene.js";
import { paintedPath, svgElement } from "./svg-element.js";

/** How high rows and bars are; higher where fingers point. */
export interface RowSize {
  readonly rowPx: number;
  readonly barPx: number;
}

/** What stands out in the picture. */
export interface Emphasis {
  readonly hits: readonly Box[];
  readonly isPathLit: boolean;
}

const AXIS_PX = 20;
const NARROWEST_HATCH_PX = 8;
const NARROWEST_LABEL_PX = 24;
/** More labels than that no one reads at once, and each is an element. */
const MOST_LABELS = 900;

/** Draws frames of a scene: all bars of one colour are one path, so that a picture of any size is few elements. */
export class Surface {
  readonly svg = svgElement("svg", { class: "flame live", "aria-hidden": "true" });
  readonly #axis = svgElement("g");
  readonly #folds = svgElement("path", { class: "fold", fill: "url(#p-fold)", opacity: 0.5 });
  readonly #fills = svgElement("g");
  readonly #labels = svgElement("g", { "font-family": "system-ui, sans-serif", "font-size": LABEL_FONT_PX });
  readonly #lit = svgElement("path", { class: "lit" });
  /** A page-coloured edge on both sides of an outline, which is seen on any fill. */
  readonly #hitHalo = svgElement("path", { class: "halo" });
  readonly #selectedHalo = svgElement("path", { class: "halo of-selected" });
  readonly #hits = svgElement("path", { class: "hits" });
  readonly #hovered = svgElement("path", { class: "hovered" });
  readonly #selected = svgElement("path", { class: "selected" });
  readonly #glyph: GlyphWidth = measuredGlyphs(LABEL_FONT_PX);
  #paths = new Map<string, SVGPathElement>();

  constructor(readonly rows: RowSize) {
    const over = [this.#lit, this.#hitHalo, this.#hits, this.#hovered, this.#selectedHalo, this.#selected];
    this.svg.append(this.#axis, this.#folds, this.#fills, this.#labels, ...over);
  }

  /** Makes it as high as the scene needs. */
  fit({ boxes }: Scene, widthPx: number): void {
    const heightPx = boxes.rows.length * this.rows.rowPx + AXIS_PX;
    setAttributes(this.svg, { width: widthPx, height: heightPx, viewBox: `0 0 ${widthPx} ${heightPx}` });
  }

  /** Brings a row into sight. */
  scrollTo(row: number): void {
    const { rowPx } = this.rows;
    const y = this.svg.getBoundingClientRect().top + row * rowPx;
    // What sticks to the upper edge of the window hides what is beneath it.
    const top = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    if (y < top + rowPx) scrollBy(0, y - top - rowPx * 2);
    else if (y > innerHeight - rowPx * 2) scrollBy(0, y - innerHeight + rowPx * 4);
  }

  draw(scene: Scene, view: View, widthPx: number, emphasis: Emphasis): void {
    const shown = frame(scene.boxes, view, widthPx);
    const isDim = (id: number) => emphasis.isPathLit && !scene.isLit(id);
    this.#drawFills(scene, shown, isDim);
    this.#drawLabels(scene, shown, isDim);
    this.#drawAxis(scene, view, widthPx);
    const hits = this.#outline(emphasis.hits, view, widthPx);
    for (const path of [this.#hitHalo, this.#hits]) path.setAttribute("d", hits);
    const lit = emphasis.isPathLit ? shown.bars.filter(({ box }) => scene.isLit(box.id)) : [];
    this.#lit.setAttribute("d", lit.map((bar) => this.#underline(bar)).join(""));
  }

  outline(which: "hovered" | "selected", boxes: readonly Box[], view: View, widthPx: number): void {
    const paths = which === "hovered" ? [this.#hovered] : [this.#selectedHalo, this.#selected];
    const d = this.#outline(boxes, view, widthPx);
    for (const path of paths) path.setAttribute("d", d);
  }

  #drawFills(scene: Scene, { bars, marks }: Frame, isDim: (id: number) => boolean): void {
    const data = new Map<string, { paint: Paint; d: string }>();
    const add = (id: number, row: number, x: number, width: number) => {
      const paint = scene.paint(id);
      const key = isDim(id) ? `${paint.className} dim` : paint.className;
      const found = data.get(key) ?? { paint, d: "" };
      found.d += this.#rect(row, x, width, insetOf(paint, width));
      data.set(key, found);
    };
    for (const { box, x, width } of bars) add(box.id, box.row, x, widthWithGap(width));
    for (const { longest, row, x, width } of marks) add(longest.id, row, x, width);
    for (const [key, path] of this.#paths) if (!data.has(key)) path.setAttribute("d", "");
    for (const [key, { paint, d }] of data) this.#path(key, paint).setAttribute("d", d);
  }

  #path(key: string, paint: Paint): SVGPathElement {
    let path = this.#paths.get(key);
    if (!path) {
      path = paintedPath(paint, key);
      this.#paths.set(key, path);
      this.#fills.append(path);
    }
    return path;
  }

  #rect(row: number, x: number, width: number, inset = 0): string {
    const inner = px(width - 2 * inset);
    return `M${px(x + inset)} ${row * this.rows.rowPx + inset}h${inner}v${this.rows.barPx - 2 * inset}h${-inner}z`;
  }

  #underline({ box, x, width }: Bar): string {
    return `M${px(x)} ${box.row * this.rows.rowPx + this.rows.barPx}h${px(widthWithGap(width))}`;
  }

  #outline(boxes: readonly Box[], { from, to }: View, widthPx: number): string {
    const scale = to > from ? widthPx / (to - from) : 0;
    const seen = boxes.filter((box) => box.x <= to && box.x + box.width >= from);
    const drawn = seen.map((box) => {
      const x = Math.max(-4, (box.x - from) * scale);
      const end = Math.min(widthPx + 4, (box.x + box.width - from) * scale);
      return this.#rect(box.row, Math.min(x, widthPx - 1), Math.max(1, end - x));
    });
    // Of many hits in one pixel, one is seen.
    return [...new Set(drawn)].join("");
  }

  #drawLabels(scene: Scene, { bars }: Frame, isDim: (id: number) => boolean): void {
    const { rowPx, barPx } = this.rows;
    const texts = this.#labels.children;
    let count = 0;
    const write = (text: string, className: string, fill: string, x: number, y: number) => {
      const element = texts[count++] ?? this.#labels.appendChild(svgElement("text"));
      if (element.textContent !== text) element.textContent = text;
      setAttributes(element, { class: className, fill, x: px(x), y: px(y) });
    };
    for (const bar of bars) {
      if (bar.width < NARROWEST_LABEL_PX) continue;
      if (count >= MOST_LABELS) break;
      const { box } = bar;
      const x = Math.max(0, bar.x);
      // What lies beyond the left edge has its label at the edge.
      const seen = { ...bar, x, width: bar.width - (x - bar.x) };
      const label = scene.label(seen, this.#glyph);
      const { className, light } = scene.paint(box.id);
      const at = x + LABEL_PADDING_PX;
      if (label)
        write(label, isDim(box.id) ? "on-page" : `on-${className}`, light.ink, at, box.row * rowPx + barPx / 2 + 4);
      const foot = scene.foot(seen, this.#glyph);
      if (foot) write(foot, "file", "", at, (box.row + 1) * rowPx + 11);
    }
    while (texts.length > count) texts[count]?.remove();
  }

  #drawAxis(scene: Scene, view: View, widthPx: number): void {
    const bottom = scene.boxes.rows.length * this.rows.rowPx;
    const shown = scene.ticks(view, widthPx);
    const lines = shown.map(({ x }) => `M${px(x)} 0V${bottom + 4}`).join("");
    const texts = tickLabels(shown, widthPx, this.#glyph).map(({ text, x, isLeft }) => {
      const anchor = isLeft ? { "text-anchor": "end" } : {};
      const label = svgElement("text", {
        class: "tick",
        x: px(x),
        y: bottom + 14,
        "font-size": LABEL_FONT_PX,
        ...anchor,
      });
      label.textContent = text;
      return label;
    });
    this.#axis.replaceChildren(svgElement("path", { class: "grid", d: lines, stroke: "#d8dee4" }), ...texts);
    this.#folds.setAttribute("d", this.#foldPath(scene, view, widthPx, bottom));
  }

  #foldPath({ folds }: Scene, { from, to }: View, widthPx: number, bottom: number): string {
    const scale = to > from ? widthPx / (to - from) : 0;
    const top = this.rows.rowPx * 2;
    return folds
      .filter((fold) => fold.x < to && fold.x + fold.width > from && fold.width * scale >= NARROWEST_HATCH_PX)
      .map((fold) => {
        const x = Math.max(-4, (fold.x - from) * scale);
        const end = Math.min(widthPx + 4, (fold.x + fold.width - from) * scale);
        return `M${px(x)} ${top}H${px(end)}V${Math.max(top, bottom - 2)}H${px(x)}z`;
      })
      .join("");
  }
}

/** A tenth of a pixel is as fine as anyone sees. */
function px(value: number): number {
  return Math.round(value * 10) / 10;
}
