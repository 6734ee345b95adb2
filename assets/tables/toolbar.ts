import { formatCount, plural } from "../../src/report/format.js";
import { button, element } from "../page/element.js";
import { isCopied, showForCopying } from "./copy.js";
import { csvOf } from "./csv.js";
import type { LiveTable } from "./live-table.js";

/** A table with at most so many rows is seen at a glance. */
const ROWS_WITHOUT_FILTER = 8;
const CUT = "the largest rows alone; --full-tables has all";

/** The tools above a table: a filter, all rows, copying; and what came of them, in words. */
export function toolbar(table: LiveTable, frame: HTMLElement): { bar: HTMLElement; refresh: () => void } {
  const status = element("span", { role: "status" }, table.isCut ? CUT : "");
  const all = table.rows.length + table.packed;
  const filter = filterField(table);
  const showAll = button(
    `Show all ${formatCount(all)} rows`,
    () => void table.arrange({}).then(() => frame.focus({ preventScroll: true })),
  );
  const copy = button("Copy as CSV", async () => {
    status.textContent = await copied(table, frame);
  });
  const label = `Tools for ${frame.getAttribute("aria-label")?.split(",")[0] ?? table.name}`;
  const bar = element("div", { class: "table-tools", role: "group", "aria-label": label });
  bar.append(...(all > ROWS_WITHOUT_FILTER ? [filter] : []), ...(table.packed > 0 ? [showAll] : []), copy, status);
  const refresh = () => {
    if (table.words === "") filter.value = "";
    if (table.packed === 0) showAll.remove();
    status.textContent = statusText(table);
  };
  return { bar, refresh };
}

function filterField(table: LiveTable): HTMLInputElement {
  const field = element("input", { type: "search", placeholder: "Filter rows", "aria-label": "Filter rows" });
  field.addEventListener("input", () => void table.arrange({ words: field.value }));
  return field;
}

/** `12 of 87 rows` while rows are filtered; and always what is missing. */
function statusText({ words, shown, rows, packed, isCut }: LiveTable): string {
  const count = words === "" ? "" : `${formatCount(shown.length)} of ${plural(rows.length, "row")}`;
  const missing = packed === 0 ? "" : `this browser cannot unpack ${plural(packed, "further row")}`;
  return [count, missing || (isCut ? CUT : "")].filter(Boolean).join("; ");
}

/** Copies the rows that pass the filter, in their order, and says how many. */
async function copied(table: LiveTable, frame: HTMLElement): Promise<string> {
  await table.arrange({});
  const csv = csvOf(table.headings, table.shown);
  const rows = plural(table.shown.length, "row");
  const missing = table.packed === 0 ? "" : ` of ${formatCount(table.rows.length + table.packed)}`;
  const cut = table.isCut ? `; ${CUT}` : "";
  if (await isCopied(csv)) return `Copied ${rows}${missing}${cut}`;
  showForCopying(csv, `${table.name}.csv`, frame);
  return `Copying is forbidden here: ${rows}${missing} selected below${cut}`;
}
