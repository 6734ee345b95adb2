import type { PageState } from "../page/page-state.js";
import type { Viewport } from "./viewport.js";

/** The thing that is selected, as the page's state says. */
export class Selection {
  /** `scrollTo`: brings a row into sight. */
  constructor(
    readonly viewport: Viewport,
    readonly scrollTo: (row: number) => void,
  ) {}

  /** null where nothing is, or where the scene does not hold it. */
  get id(): number | null {
    const { picture, span, node } = this.viewport.store.state;
    const id = picture === "chart" ? span : node;
    return id !== null && this.viewport.index?.has(id) ? id : null;
  }

  /** What was pointed at is in sight already. */
  pick(id: number | null): void {
    this.#change(id, this.viewport.store.state.zoom);
  }

  /** What was not pointed at is brought into sight. */
  seek(id: number): void {
    this.#change(id, this.#zoomWith(id));
    this.show();
  }

  /** The next in a list, or the first after the last; its place there, -1 in an empty list. */
  step(ids: readonly number[], by: 1 | -1): number {
    if (ids.length === 0) return -1;
    const at = ids.indexOf(this.id ?? -1);
    const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length;
    this.seek(ids[next] as number);
    return next;
  }

  show(): void {
    const box = this.id === null ? undefined : this.viewport.index.box(this.id);
    if (box) this.scrollTo(box.row);
  }

  #change(id: number | null, zoom: PageState["zoom"]): void {
    const { store, index, say } = this.viewport;
    store.update({ ...(store.state.picture === "chart" ? { span: id } : { node: id }), zoom });
    const box = id === null ? undefined : index.box(id);
    say(box ? index.scene.words(box) : "Nothing is selected");
  }

  /** The zoom as it is where the thing is in view, else moved, or widened, so that it is. */
  #zoomWith(id: number): PageState["zoom"] {
    const { store, index, widthPx } = this.viewport;
    const { from, to } = index.extent(id);
    const view = this.viewport.target();
    const isIn = from >= view.from && to <= view.to;
    if (isIn || store.state.zoom === null) return store.state.zoom;
    const width = Math.max(view.to - view.from, to - from);
    const begin = Math.min(widthPx - width, Math.max(0, (from + to - width) / 2));
    return index.scene.zoom({ from: begin, to: begin + width });
  }
}
