import type { SessionEntry, Store } from "./source.js";
import { SourceError } from "./source-error.js";

/**
 * Finds the session that a user means: an id, a unique beginning of one, a title, or `last`: the newest root session of
 * the folder `cwd`, else of all.
 */
export async function selectSession(store: Store, selector: string, cwd: string): Promise<SessionEntry> {
  const exact = await store.entry(selector);
  if (exact) return exact;
  const entries = await store.entries();
  if (entries.length === 0) throw new SourceError({ code: "no-sessions", path: store.path });
  if (selector === "last") return newestRoot(entries, cwd);
  const matches = matching(entries, selector);
  if (matches.length === 1) return matches[0] as SessionEntry;
  if (matches.length === 0) throw new SourceError({ code: "unknown-session", selector, path: store.path });
  throw new SourceError({
    code: "ambiguous-session",
    selector,
    matches: matches.map(({ id, title }) => `${id}  ${title}`),
  });
}

function newestRoot(entries: readonly SessionEntry[], cwd: string): SessionEntry {
  const roots = entries.filter((entry) => entry.parentId === null);
  const here = roots.filter((entry) => entry.directory === cwd);
  const candidates = [here, roots, entries].find((list) => list.length > 0) ?? [];
  return candidates.reduce((newest, entry) => (isNewer(entry, newest) ? entry : newest));
}

function isNewer(a: SessionEntry, b: SessionEntry): boolean {
  return a.updatedAt !== b.updatedAt ? a.updatedAt > b.updatedAt : a.id > b.id;
}

/** Beginnings of ids go before titles, whole titles before parts of them. */
function matching(entries: readonly SessionEntry[], selector: string): readonly SessionEntry[] {
  const wanted = selector.toLowerCase();
  const ways: ((entry: SessionEntry) => boolean)[] = [
    (entry) => entry.id.startsWith(selector),
    (entry) => entry.title.toLowerCase() === wanted,
    (entry) => entry.title.toLowerCase().includes(wanted),
  ];
  for (const way of ways) {
    const found = entries.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}
