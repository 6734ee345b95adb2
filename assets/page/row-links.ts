import type { LiveTable } from "../tables/live-table.js";

/** Shows the row or the card that a link names, also where it is filtered out or still packed. */
export async function followRow(tables: readonly LiveTable[], id: string): Promise<void> {
  for (const row of document.querySelectorAll(".hit")) row.classList.remove("hit");
  if (id === "") return;
  const row = document.getElementById(id) ?? (await hiddenRow(tables, id));
  // Whatever came into the page, or into sight, after the browser had looked for its target is not `:target`.
  row?.closest("tr, .card")?.classList.add("hit");
  row?.scrollIntoView();
  // The next Tab goes on from there.
  row?.setAttribute("tabindex", "-1");
  if (row instanceof HTMLElement || row instanceof SVGElement) row.focus({ preventScroll: true });
}

async function hiddenRow(tables: readonly LiveTable[], id: string): Promise<Element | null> {
  for (const table of tables.filter((one) => one.mayHold(id))) {
    await table.complete();
    const row = table.rows.find((one) => one.id === id);
    if (!row) continue;
    table.showAll();
    return row;
  }
  return null;
}
