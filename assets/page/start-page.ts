import { enhanced } from "../tables/enhance.js";
import { addCopyButtons } from "./copy-buttons.js";
import { followPageLinks } from "./page-links.js";
import { type PagePart, WHOLE_PAGE } from "./page-part.js";
import { followRow } from "./row-links.js";
import { Store } from "./store.js";
import { startTabs } from "./tabs.js";

/** Adds to a page that is whole without a script: tools for its tables and texts, tabs for its sections, links to rows that are packed. */
export function startPage(part: PagePart = WHOLE_PAGE): Store {
  const tables = [...part.root.querySelectorAll<HTMLTableElement>("table[data-table]")].flatMap(
    (table) => enhanced(table) ?? [],
  );
  addCopyButtons(part.root);
  // A row that is still packed stands in the section of its table.
  const sectionOf = (id: string) => {
    const found = id === "" ? null : document.getElementById(id);
    return (found ?? tables.find((table) => table.mayHold(id))?.table)?.closest("section")?.id ?? null;
  };
  const store = new Store(sectionOf, part);
  startTabs(store, part);
  const follow = () => void followRow(tables, store.state.row);
  store.onChange((state, before) => {
    if (state.row !== before.row || state.tab !== before.tab) follow();
  });
  follow();
  followPageLinks((id) => {
    const tab = sectionOf(id);
    // A span before the chart is there, or where it cannot be made: the browser would leave the session for all of them.
    if (tab === null) return part.name !== "";
    const before = store.state;
    store.update({ tab, row: id === tab ? "" : id }, true);
    if (id === tab) showTop(tab);
    // A link to where one has been already leads there again.
    if (store.state.row === before.row) follow();
    return true;
  }, part.signal);
  return store;
}

/** The tab has the focus then: the link that led to it may be out of sight. */
function showTop(section: string): void {
  document.getElementById(`tab-${section}`)?.focus();
  scrollTo({ top: 0 });
}
