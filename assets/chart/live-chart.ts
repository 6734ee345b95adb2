import type { Report } from "../../src/model/report.js";
import { foldedWords } from "../../src/report/folded-words.js";
import { element } from "../page/element.js";
import type { PageState } from "../page/page-state.js";
import type { Store } from "../page/store.js";
import { act } from "./actions.js";
import { crumbs } from "./crumbs.js";
import { detailsPanel } from "./details.js";
import { listenToGestures } from "./gestures.js";
import { helpDialog } from "./help.js";
import { type Action, actionOf } from "./keys.js";
import { mergedScene } from "./merged-scene.js";
import { Minimap } from "./minimap.js";
import { Pointing } from "./pointing.js";
import { type Scene, SceneIndex, type Way } from "./scene.js";
import { type Hits, hitsOf, NO_HITS } from "./search.js";
import { Selection } from "./selection.js";
import { spanScene } from "./span-scene.js";
import { type RowSize, Surface } from "./surface.js";
import { ThingTable } from "./thing-table.js";
import { Toolbar } from "./toolbar.js";
import { Tree } from "./tree.js";
import { Viewport } from "./viewport.js";

const MOUSE_ROWS: RowSize = { rowPx: 22, barPx: 20 };
const FINGER_ROWS: RowSize = { rowPx: 44, barPx: 42 };
/** What need not keep up with every frame waits so long for the last one. */
const SETTLED_MS = 120;
const MOUSE_HINT =
  "Hover for details • Click to select, double click to zoom • Drag or scroll sideways to pan • Ctrl + scroll to zoom • ? for keys";
const FINGER_HINT = "Tap to select, tap twice to zoom • Drag sideways to pan • Pinch to zoom";

/** The interactive chart: draws what the page's state says, and changes the state as hands and keys do. */
export class LiveChart {
  readonly element: HTMLElement;
  readonly #viewport: Viewport;
  readonly #selection: Selection;
  readonly #pointing: Pointing;
  readonly #surface: Surface;
  readonly #tree: Tree;
  readonly #toolbar: Toolbar;
  readonly #minimap: Minimap;
  readonly #table: ThingTable;
  readonly #said = element("div", { class: "hidden", role: "status", "aria-live": "polite" });
  readonly #crumbs = element("div", { class: "zoomed-to away", role: "group", "aria-label": "Zoom" });
  readonly #details = element("div");
  readonly #help = helpDialog();
  readonly #hasIdle: boolean;
  #sceneKey = "";
  #shown: PageState | null = null;
  #hits: Hits = NO_HITS;
  #isDue = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly report: Report,
    readonly store: Store,
    readonly legend: HTMLElement,
    readonly signal: AbortSignal,
  ) {
    const hasFingers = matchMedia("(pointer: coarse)").matches;
    this.#hasIdle = report.spans.some(({ kind }) => kind === "user");
    this.#viewport = new Viewport(store, (words) => this.#say(words));
    this.#surface = new Surface(hasFingers ? FINGER_ROWS : MOUSE_ROWS);
    this.#selection = new Selection(this.#viewport, (row) => this.#surface.scrollTo(row));
    this.#pointing = new Pointing(this.#viewport, this.#surface.rows.rowPx, () => this.#outline());
    this.#tree = new Tree(this.#surface.svg);
    this.#toolbar = new Toolbar(store, (action) => this.#act(action));
    this.#minimap = new Minimap((view) => this.#viewport.show(view));
    this.#table = new ThingTable((id) => {
      this.#selection.seek(id);
      this.focus();
    });
    this.element = element(
      ...(["div", { class: "live-chart" }] as const),
      ...[this.#toolbar.bar, this.#minimap.svg, this.#crumbs],
      element("div", { class: "stage" }, this.#tree.host, this.#pointing.card.card),
      element(
        "p",
        { class: "hint" },
        [foldedWords(report.spans), hasFingers ? FINGER_HINT : MOUSE_HINT].filter(Boolean).join(" • "),
      ),
      ...[legend, this.#said, this.#details, this.#table.details, this.#help],
    );
    this.#listen();
    store.onChange((state) => this.#follow(state));
  }

  /** Puts the chart in its place; measures it anew. */
  mount(before: Element): void {
    if (before.nextElementSibling !== this.element) before.after(this.element);
    this.#measure();
  }

  focus(): void {
    this.#tree.host.focus({ preventScroll: true });
    if (this.#selection.id === null) this.#tree.host.scrollIntoView({ block: "nearest" });
    else this.#selection.show();
  }

  #listen(): void {
    const [viewport, selection, pointing] = [this.#viewport, this.#selection, this.#pointing];
    listenToGestures(this.#surface.svg, {
      hover: (x, y) => pointing.move(x, y),
      leave: () => pointing.leave(),
      select: (x, y) => selection.pick(pointing.boxAt(x, y)?.id ?? null),
      enter: (x, y) => viewport.enter(pointing.boxAt(x, y)?.id ?? null),
      pan: (dx) => viewport.pan(dx / viewport.widthPx),
      zoom: (factor, x) => viewport.zoom(factor, x / viewport.widthPx),
    });
    this.#tree.host.addEventListener("keydown", (event) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      this.#act(action);
    });
    this.#toolbar.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#act(event.shiftKey ? "previousHit" : "nextHit");
      if (event.key !== "Escape") return;
      // Some browsers would empty the field: the words are what n and N go through.
      event.preventDefault();
      this.focus();
    });
    const sizes = new ResizeObserver(() => this.#measure());
    sizes.observe(this.element);
    this.signal.addEventListener("abort", () => {
      sizes.disconnect();
      clearTimeout(this.#settling);
    });
  }

  #measure(): void {
    const widthPx = Math.floor(this.element.clientWidth);
    if (widthPx === 0 || widthPx === this.#viewport.widthPx) return;
    this.#viewport.widthPx = widthPx;
    this.#follow(this.store.state);
  }

  /** Draws what the state says. */
  #follow(state: PageState): void {
    if (this.#viewport.widthPx === 0) return;
    const isNew = this.#rebuild(state);
    const isSame = (...keys: (keyof PageState)[]) => !isNew && keys.every((key) => state[key] === this.#shown?.[key]);
    if (!isSame("find", "isRegex")) this.#search(state);
    if (!isSame("span", "node", "picture")) this.#showSelected();
    // A frame of a zoom or a pan changes nothing of the rest.
    if (!isSame("find", "isRegex", "span", "node", "isPathLit", "weight")) this.#showTools(state);
    this.element.classList.toggle("zoomed", state.zoom !== null);
    this.#shown = state;
    this.#draw();
  }

  /** The scene is made anew only where something changes what lies where. */
  #rebuild({ picture, by, weight, name, folding }: PageState): boolean {
    const { widthPx } = this.#viewport;
    const key = JSON.stringify([picture, widthPx, ...(picture === "chart" ? [folding] : [by, weight, name])]);
    if (key === this.#sceneKey) return false;
    this.#sceneKey = key;
    const scene = this.#scene();
    this.#viewport.index = new SceneIndex(scene);
    this.#viewport.jump();
    this.#surface.fit(scene, widthPx);
    this.#minimap.drawAll(scene, widthPx);
    this.#pointing.box = null;
    return true;
  }

  #scene(): Scene {
    const { picture, by, weight, name, folding } = this.store.state;
    const { widthPx } = this.#viewport;
    if (picture === "chart") return spanScene(this.report, widthPx, folding);
    const { scene, names, chosen } = mergedScene(this.report, widthPx, picture, by, weight, name);
    this.#toolbar.offerNames(names, chosen);
    return scene;
  }

  #search({ find, isRegex }: PageState): void {
    this.#hits = hitsOf(this.#viewport.index, find, isRegex);
    this.#minimap.showHits(this.#hits.boxes);
  }

  #showSelected(): void {
    const { index } = this.#viewport;
    const { id } = this.#selection;
    this.#tree.show(index, id);
    this.#details.replaceChildren(...(id === null ? [] : [this.#panel(index.scene, id)]));
  }

  #showTools(state: PageState): void {
    // Kinds of tokens borrow the colours, not their meaning.
    this.legend.hidden = state.picture !== "chart" && state.weight !== "time";
    const isFolded = this.#viewport.index.scene.folds.length > 0;
    const current = this.#hits.ids.indexOf(this.#selection.id ?? -1);
    this.#toolbar.show(state, this.#hasIdle, isFolded, this.#hits, current);
  }

  #draw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now: number): void {
    this.#isDue = false;
    const isMoving = this.#viewport.advance(now);
    const { index, view, widthPx } = this.#viewport;
    const { isPathLit } = this.store.state;
    this.#surface.draw(index.scene, view, widthPx, { hits: this.#hits.boxes, isPathLit });
    this.#pointing.again();
    this.#outline();
    this.#minimap.show(view);
    if (isMoving) this.#draw();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(index), SETTLED_MS);
  }

  #outline(): void {
    const { index, view, widthPx } = this.#viewport;
    const [selected, hovered] = [this.#selection.id, this.#pointing.box];
    this.#surface.outline("selected", selected === null ? [] : (index.boxesOf[selected] ?? []), view, widthPx);
    this.#surface.outline("hovered", hovered ? [hovered] : [], view, widthPx);
  }

  /** What need not keep up with every frame. */
  #settle(index: SceneIndex): void {
    if (index !== this.#viewport.index) return;
    index.texts();
    const { view } = this.#viewport;
    const path = crumbs(index, view, (id) => {
      this.#viewport.enter(id);
      this.focus();
    });
    if (path.textContent !== this.#crumbs.textContent) this.#crumbs.replaceChildren(path);
    this.#crumbs.classList.toggle("away", this.store.state.zoom === null);
    this.#table.show(index, view, this.#hits);
  }

  #act(action: Action): void {
    act(action, {
      ...{ viewport: this.#viewport, selection: this.#selection },
      hits: () => this.#hits,
      openSearch: () => this.#openSearch(),
      openHelp: () => this.#help.showModal(),
    });
  }

  /** The search stands in the Timeline. */
  #openSearch(): void {
    if (this.store.state.tab !== "timeline") this.store.update({ tab: "timeline", row: "" }, true);
    this.#toolbar.field.focus();
  }

  #panel(scene: Scene, id: number): HTMLElement {
    const go = (to: Way["to"]) => {
      if (typeof to === "string") return;
      this.store.update(to, true);
      this.focus();
    };
    const close = () => {
      this.#selection.pick(null);
      this.focus();
    };
    return detailsPanel(scene, id, go, () => this.#viewport.enter(id), close);
  }

  #say(words: string): void {
    this.#said.textContent = words;
  }
}
