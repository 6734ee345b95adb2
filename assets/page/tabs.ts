import { setAttributes } from "./element.js";
import { type PagePart, partOf } from "./page-part.js";
import type { PageState } from "./page-state.js";
import type { Store } from "./store.js";

/** Makes the sections tabs: one is shown, the links to them choose which. */
export function startTabs(store: Store, part: PagePart): void {
  const list = part.root.querySelector("nav");
  const tabs = [...(list?.querySelectorAll("a") ?? [])];
  const panels = tabs.map((tab) => document.getElementById(idOf(tab)) as HTMLElement);
  list?.setAttribute("role", "tablist");
  tabs.forEach((tab, i) => {
    const panel = panels[i] as HTMLElement;
    tab.id = `tab-${panel.id}`;
    setAttributes(tab, { role: "tab", "aria-controls": panel.id });
    setAttributes(panel, { role: "tabpanel", "aria-labelledby": tab.id });
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      store.update({ tab: panel.id, row: "" }, true);
      scrollTo({ top: 0 });
    });
  });
  list?.addEventListener("keydown", (event) => {
    // With these, arrows are the browser's: the way back, for one.
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = STEPS[event.key]?.(tabs.indexOf(document.activeElement as HTMLAnchorElement), tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    tabs[next]?.focus();
    tabs[next]?.click();
  });
  document.body.classList.add("tabbed");
  const show = ({ tab: shown }: PageState) =>
    tabs.forEach((tab, i) => {
      const isShown = idOf(tab) === shown;
      setAttributes(tab, { "aria-selected": String(isShown), tabindex: isShown ? "0" : "-1" });
      (panels[i] as HTMLElement).hidden = !isShown;
    });
  store.onChange((state, before) => {
    if (state.tab !== before.tab) show(state);
  });
  show(store.state);
  // The browser goes to the section as it lay in the long page, now or when all of it is there.
  const toTop = () => {
    if (store.state.row === "" && partOf(part).slice(1) === store.state.tab) scrollTo({ top: 0 });
  };
  toTop();
  addEventListener("load", toTop, { signal: part.signal });
}

const STEPS: Readonly<Record<string, (i: number, count: number) => number>> = {
  ArrowRight: (i, count) => (i + 1) % count,
  ArrowLeft: (i, count) => (i + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function idOf({ hash }: { readonly hash: string }): string {
  return hash.slice(1);
}
