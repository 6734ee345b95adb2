import type { SessionRows } from "./drafts.js";

/** A session, its subagents and theirs, parents first; null where there is no such session. */
export function family(
  id: string,
  rowsOf: (id: string) => SessionRows | null,
  childIds: (rows: SessionRows) => readonly string[],
): readonly [SessionRows, ...SessionRows[]] | null {
  const root = rowsOf(id);
  if (!root) return null;
  const all: [SessionRows, ...SessionRows[]] = [root];
  const seen = new Set([id]);
  for (const rows of all) {
    for (const childId of childIds(rows)) {
      const child = seen.has(childId) ? null : rowsOf(childId);
      seen.add(childId);
      if (child) all.push(child); // the list grows while it is walked
    }
  }
  return all;
}

/** The child sessions that the task calls of a session name. */
export function namedChildren({ messages }: SessionRows): string[] {
  const ids = messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === "tool" && part.childSessionId !== null ? [part.childSessionId] : [])),
  );
  return [...new Set(ids)];
}
