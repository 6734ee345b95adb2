import { addSortButtons, markOrder } from "./headings.js";
import { LiveTable } from "./live-table.js";
import { toolbar } from "./toolbar.js";

/** Adds sorting, filtering and copying to a table of the page; null where it has fewer than two rows. */
export function enhanced(element: HTMLTableElement): LiveTable | null {
  const table = new LiveTable(element);
  if (table.rows.length < 2) return null;
  const frame = element.closest<HTMLElement>(".scroll") ?? element;
  const { bar, refresh } = toolbar(table, frame);
  frame.before(bar);
  addSortButtons(table);
  table.onChange = () => {
    markOrder(table);
    refresh();
  };
  return table;
}
