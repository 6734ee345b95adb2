import { addressIn, type PagePart, partOf } from "./page-part.js";
import { hashOf, type PageState, stateOf } from "./page-state.js";

type Listener = (state: PageState, before: PageState) => void;

/** How long the address waits for the next of many small changes: browsers forbid to write it too often. */
const SETTLED_MS = 250;

/**
 * The one state of the page. It stands in the address where the browser allows that; where it does not (a page in a
 * sandbox), everything works but the address stays as it is.
 */
export class Store {
  state: PageState;
  readonly #listeners: Listener[] = [];
  readonly #sectionOf: (id: string) => string | null;
  readonly #part: PagePart;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(sectionOf: (id: string) => string | null, part: PagePart) {
    this.#sectionOf = sectionOf;
    this.#part = part;
    this.state = stateOf(partOf(part), sectionOf);
    const { signal } = part;
    addEventListener("hashchange", () => this.#follow(), { signal });
    addEventListener("popstate", () => this.#follow(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** `isStep`: the way back leads to what was before. */
  update(change: Partial<PageState>, isStep = false): void {
    const before = this.state;
    this.state = { ...before, ...change };
    const isSame = (key: keyof PageState) => this.state[key] === before[key];
    if ((Object.keys(change) as (keyof PageState)[]).every(isSame)) return;
    clearTimeout(this.#timer);
    if (isStep) {
      this.#write("replaceState", before);
      this.#write("pushState", this.state);
    } else this.#timer = setTimeout(() => this.#write("replaceState", this.state), SETTLED_MS);
    this.#tell(before);
  }

  /** After the way back, or a link. A link to a row says nothing about the chart: that stays as it was. */
  #follow(): void {
    clearTimeout(this.#timer);
    const before = this.state;
    const hash = partOf(this.#part);
    const meant = stateOf(hash, this.#sectionOf);
    const isLink = meant.row !== "" && !hash.includes("&");
    this.state = isLink ? { ...before, tab: meant.tab, row: meant.row } : meant;
    this.#tell(before);
  }

  #tell(before: PageState): void {
    for (const listener of this.#listeners) listener(this.state, before);
  }

  #write(method: "pushState" | "replaceState", state: PageState): void {
    try {
      history[method](null, "", addressIn(this.#part, hashOf(state)));
    } catch {
      // A sandbox, or too many changes at once.
    }
  }
}
