import type { View } from "../../src/flame/frame.js";
import type { Store } from "../page/store.js";
import type { SceneIndex } from "./scene.js";
import { eased, widened } from "./views.js";

const GLIDE_MS = 160;
/** What is zoomed to has a little room on both sides. */
const MARGIN = 0.02;

/** The part of the scene that is shown, and how it moves. What it shall be stands in the page's state. */
export class Viewport {
  /** Set before anything else is asked for. */
  index!: SceneIndex;
  widthPx = 0;
  /** What is drawn: on the way to what the state says. */
  view: View = { from: 0, to: 1 };
  #glide: { readonly from: View; readonly startedAt: number } | null = null;

  constructor(
    readonly store: Store,
    readonly say: (words: string) => void,
  ) {}

  /** What the state says, in the scene's pixels. */
  target(): View {
    return widened(this.index.scene.view(this.store.state.zoom), this.#narrowestPx(), this.widthPx);
  }

  jump(): void {
    this.#glide = null;
    this.view = this.target();
  }

  /** Moves on towards what the state says; true while it is not there yet. */
  advance(now: number): boolean {
    const part = this.#glide ? Math.min(1, (now - this.#glide.startedAt) / GLIDE_MS) : 1;
    this.view = this.#glide && part < 1 ? eased(this.#glide.from, this.target(), part) : this.target();
    if (part >= 1) this.#glide = null;
    return this.#glide !== null;
  }

  /** Zooms to a thing; to everything where there is none, or where it is what holds all others. */
  enter(id: number | null): void {
    const { root } = this.index.scene;
    const { from, to } = this.index.extent(id ?? root);
    const margin = (to - from) * MARGIN;
    this.show(id === null || id === root ? null : { from: from - margin, to: to + margin }, true);
  }

  /** By a part of what is shown; false where there is nothing further. */
  pan(part: number): boolean {
    const view = this.target();
    const dx = Math.min(this.widthPx - view.to, Math.max(-view.from, part * (view.to - view.from)));
    if (Math.abs(dx) < 1e-9) return false;
    this.show({ from: view.from + dx, to: view.to + dx });
    return true;
  }

  /** `about`: the part of the width that stays where it is. */
  zoom(factor: number, about = 0.5, isStep = false): void {
    const view = this.target();
    const width = Math.max(this.#narrowestPx(), (view.to - view.from) * factor);
    const at = view.from + (view.to - view.from) * about;
    this.show({ from: at - width * about, to: at + width * (1 - about) }, isStep);
  }

  /** Changes what is shown; null for all. A step glides, where movement is wanted, and can be gone back. */
  show(view: View | null, isStep = false): void {
    const { scene } = this.index;
    const wanted = view && widened(view, this.#narrowestPx(), this.widthPx);
    const isAll = !wanted || wanted.to - wanted.from >= this.widthPx - 0.01;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#glide = isStep && !isStill ? { from: this.view, startedAt: performance.now() } : null;
    this.store.update({ zoom: isAll ? null : scene.zoom(wanted) }, isStep);
    if (isStep) this.say(isAll ? "All is shown" : `Shown: ${scene.shows(wanted)}`);
  }

  #narrowestPx(): number {
    return Math.min(1, this.index.scene.narrowest) * this.widthPx;
  }
}
