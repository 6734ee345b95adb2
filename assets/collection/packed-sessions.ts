/** The parts of a session, packed as `src/render/collection-page.ts` packs them. */
export interface PackedSession {
  /** Its title and tabs, and its Overview. */
  readonly top: Element;
  /** The other sections. */
  readonly rest: Element;
  readonly report: Element;
}

/** By the beginning of their addresses, in the order of the page. */
export function packedSessions(): ReadonlyMap<string, PackedSession> {
  const found = new Map<string, Partial<Record<string, Element>>>();
  for (const block of document.querySelectorAll<HTMLElement>("script[data-session]")) {
    const { session = "", part = "" } = block.dataset;
    found.set(session, { ...found.get(session), [part]: block });
  }
  return found as ReadonlyMap<string, unknown> as ReadonlyMap<string, PackedSession>;
}
