import type { LiveTable } from "./tables/live-table.js";

/** Shows the row that a link names, where it is filtered out or still packed; the browser finds every other target. */
export async function followHash(tables: readonly LiveTable[], hash: string): Promise<void> {
  for (const row of document.querySelectorAll("tr.hit")) row.classList.remove("hit");
  const id = hash.slice(1);
  if (id === "" || document.getElementById(id)) return;
  for (const table of tables.filter((one) => mayHold(one, id))) {
    await table.complete();
    const row = table.rows.find((one) => one.id === id);
    if (!row) continue;
    table.showAll();
    // Whatever came into the page after the browser had looked for its target is not `:target`.
    row.classList.add("hit");
    row.scrollIntoView();
    return;
  }
}

/** Whether the table's rows carry ids of this kind: `m12` is not worth unpacking rows without ids. */
function mayHold({ rows }: LiveTable, id: string): boolean {
  const kindOf = (text: string) => text.replace(/\d+$/, "");
  return rows.some((row) => row.id !== "" && kindOf(row.id) === kindOf(id));
}
