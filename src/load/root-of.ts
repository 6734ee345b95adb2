/** What hangs under another of its kind. */
interface Nested {
  readonly id: string;
  readonly parentId: string | null;
}

/** The one at the top of the parents; of parents that go round in a circle each is its own, as where one is missing. */
export function rootOf<T extends Nested>(item: T, byId: ReadonlyMap<string, T>): T {
  const seen = new Set([item.id]);
  let top = item;
  for (;;) {
    const parent = byId.get(top.parentId ?? "");
    if (!parent) return top;
    if (seen.has(parent.id)) return item;
    seen.add(parent.id);
    top = parent;
  }
}
