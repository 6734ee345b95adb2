import { enhanced } from "../tables/enhance.js";
import { followAddress } from "./address.js";
import { OpenSession } from "./open-session.js";
import { packedSessions } from "./packed-sessions.js";

/**
 * Adds to a page of several sessions that is whole without a script: tools for its tables, and each session's report, of
 * which never more than one is in the page.
 */
export function startCollection(): void {
  const index = document.getElementById("all-sessions") as HTMLElement;
  for (const table of index.querySelectorAll<HTMLTableElement>("table[data-table]")) enhanced(table);
  // An older browser: links lead to the summaries, as without a script.
  if (!("DecompressionStream" in globalThis)) return;
  document.body.classList.add("scripted");
  const sessions = packedSessions();
  if (!index.querySelector("details:not([data-whole])")) index.classList.add("has-all");
  let open: OpenSession | null = null;
  let left = 0;
  followAddress([...sessions.keys()], (name) => {
    if (open?.name === name) return;
    const last = open?.name ?? null;
    if (open) open.leave();
    else left = scrollY;
    open = name === null ? null : new OpenSession(name, sessions, index);
    if (!open) showIndex(index, last, left);
  });
}

/** Where it was left, with the focus on the session that was open. */
function showIndex(index: HTMLElement, last: string | null, top: number): void {
  index.hidden = false;
  document.title = `${index.querySelector("h1")?.textContent} · Sessionflame`;
  if (last === null) return;
  scrollTo({ top });
  index.querySelector<HTMLElement>(`.sessions a[href="#${last}"]`)?.focus({ preventScroll: true });
}
