import { formatCount, formatShare } from "../../src/report/format.js";
import { button, element } from "../page/element.js";
import { GROUPINGS, type PageState, PICTURES, WEIGHTS } from "../page/page-state.js";
import type { Store } from "../page/store.js";
import type { Action } from "./keys.js";
import type { Hits } from "./search.js";

const PICTURE_LABELS = { chart: "Flame chart", graph: "Flame graph", sandwich: "Sandwich" };
const GROUPING_LABELS = { name: "by name", tool: "by tool", file: "by file", model: "by model" };
const WEIGHT_LABELS = { time: "Time", tokens: "Tokens", cost: "Cost" };

/** What can be chosen about the picture, and the search. */
export class Toolbar {
  readonly bar: HTMLElement;
  readonly field = element("input", { type: "search", placeholder: "Search", "aria-label": "Search in the chart" });
  readonly #status = element("span", { class: "hit-count", role: "status" });
  readonly #pictures: HTMLElement;
  readonly #by: HTMLSelectElement;
  readonly #weight: HTMLSelectElement;
  readonly #name = element("select", { "aria-label": "Name in the middle" });
  readonly #path: HTMLInputElement;
  readonly #fold: HTMLInputElement;
  readonly #regex: HTMLInputElement;
  readonly #labels: readonly HTMLElement[];

  constructor(store: Store, act: (action: Action) => void) {
    const change = (to: Partial<PageState>) => store.update({ zoom: null, node: null, ...to }, true);
    this.#pictures = choice("Picture", PICTURES, PICTURE_LABELS, (picture) => change({ picture }));
    this.#by = select("Merged", GROUPINGS, GROUPING_LABELS, (by) => change({ by }));
    this.#weight = select("Width", WEIGHTS, WEIGHT_LABELS, (weight) => change({ weight }));
    this.#name.addEventListener("change", () => change({ name: this.#name.value }));
    this.#path = check((isPathLit) => store.update({ isPathLit }));
    this.#fold = check((isOn) => store.update({ folding: isOn ? "always" : "never" }));
    this.#regex = check((isRegex) => store.update({ isRegex }));
    this.field.addEventListener("input", () => store.update({ find: this.field.value }));
    this.#labels = [this.#path, this.#fold].map((box, i) =>
      labelled(box, ["Critical path", "Fold idle time"][i] ?? ""),
    );
    const find = [
      this.field,
      labelled(this.#regex, "Regex"),
      step("‹", "Previous hit", "previousHit"),
      step("›", "Next hit", "nextHit"),
    ];
    const zoom = [step("−", "Zoom out", "zoomOut"), step("+", "Zoom in", "zoomIn"), step("All", "Show all", "all")];
    this.bar = element(
      ...(["div", { class: "chart-tools" }] as const),
      group("Picture", this.#pictures, this.#by, this.#weight, this.#name, ...this.#labels),
      group("Zoom", ...zoom, step("?", "Keys", "help")),
      group("Search", ...find, this.#status),
    );
    function step(label: string, name: string, action: Action): HTMLButtonElement {
      const made = button(label, () => act(action));
      made.setAttribute("aria-label", name);
      made.title = name;
      return made;
    }
  }

  show(state: PageState, hasIdle: boolean, isFolded: boolean, hits: Hits, current: number): void {
    for (const radio of this.#pictures.querySelectorAll("input")) radio.checked = radio.value === state.picture;
    const isChart = state.picture === "chart";
    this.#by.value = state.by;
    this.#weight.value = state.weight;
    this.#by.hidden = isChart;
    this.#weight.hidden = isChart;
    this.#name.hidden = state.picture !== "sandwich";
    for (const label of this.#labels) label.hidden = !isChart;
    if (!hasIdle && this.#labels[1]) this.#labels[1].hidden = true;
    this.#path.checked = state.isPathLit;
    this.#fold.checked = isFolded;
    this.#regex.checked = state.isRegex;
    if (this.field.value !== state.find) this.field.value = state.find;
    const words = state.find === "" ? "" : hitWords(hits, current);
    if (this.#status.textContent !== words) this.#status.textContent = words;
  }

  /** The names to choose from for the middle of the sandwich. */
  offerNames(names: readonly string[], chosen: string): void {
    this.#name.replaceChildren(...names.map((name) => element("option", { value: name }, name)));
    this.#name.value = chosen;
  }
}

/** `3 of 12, 8 % of it`. */
export function hitWords({ ids, share, isBroken }: Hits, current: number): string {
  if (isBroken) return "not a regular expression";
  if (ids.length === 0) return "no hit";
  const place = current < 0 ? "" : `${formatCount(current + 1)} of `;
  return `${place}${formatCount(ids.length)}${current < 0 ? (ids.length === 1 ? " hit" : " hits") : ""}, ${formatShare(share)} of all`;
}

function group(name: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element("div", { role: "group", "aria-label": name }, ...children);
}

function labelled(box: HTMLInputElement, words: string): HTMLElement {
  return element("label", {}, box, words);
}

function check(onChange: (isOn: boolean) => void): HTMLInputElement {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => onChange(box.checked));
  return box;
}

function select<Value extends string>(
  name: string,
  values: readonly Value[],
  labels: Readonly<Record<Value, string>>,
  onChange: (value: Value) => void,
): HTMLSelectElement {
  const options = values.map((value) => element("option", { value }, labels[value]));
  const made = element("select", { "aria-label": name }, ...options);
  made.addEventListener("change", () => onChange(made.value as Value));
  return made;
}

function choice<Value extends string>(
  name: string,
  values: readonly Value[],
  labels: Readonly<Record<Value, string>>,
  onChange: (value: Value) => void,
): HTMLElement {
  const radios = values.map((value) => {
    const radio = element("input", { type: "radio", name: "picture", value });
    radio.addEventListener("change", () => onChange(value));
    return element("label", {}, radio, labels[value]);
  });
  return element("div", { class: "choice", role: "radiogroup", "aria-label": name }, ...radios);
}
