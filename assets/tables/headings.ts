import { element } from "../page/element.js";
import { cellText } from "./cells.js";
import type { LiveTable } from "./live-table.js";
import { nextOrder } from "./sort.js";

/** Makes every heading that can be seen a button that sorts by its column; all of its cell can be clicked. */
export function addSortButtons(table: LiveTable): void {
  table.headings.forEach((heading, column) => {
    if (cellText(heading) === "" || heading.querySelector(".hidden")) return;
    const button = element("button", { type: "button", class: "sort" }, ...heading.childNodes);
    // The button's own clicks, by keyboard too, come up to its cell.
    heading.addEventListener("click", () => void table.arrange({ order: nextOrder(table.rows, table.order, column) }));
    heading.append(button);
  });
}

/** Says in the headings by what the rows are sorted. */
export function markOrder({ headings, order }: LiveTable): void {
  headings.forEach((heading, column) => {
    if (order?.column === column) heading.setAttribute("aria-sort", order.direction);
    else heading.removeAttribute("aria-sort");
  });
}
