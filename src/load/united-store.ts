import type { Store } from "./source.js";
import { SourceError } from "./source-error.js";

/**
 * Several stores as one, none of their sessions counted twice. Of a session that lies in more than one,
 * `first` takes the earlier store's, `newest` that with the newest message, the earlier store's of equals.
 */
export function unitedStore(stores: readonly [Store, ...Store[]], prefer: "first" | "newest"): Store {
  const [main] = stores;
  if (stores.length === 1) return main;

  async function merged<T extends { readonly id: string }>(
    list: (store: Store, known: ReadonlySet<string>) => Promise<readonly T[]>,
  ) {
    const found = new Map<string, { row: T; store: Store }>();
    for (const store of stores) {
      const known: ReadonlySet<string> = new Set(prefer === "first" ? found.keys() : []);
      for (const row of await list(store, known)) {
        const other = found.get(row.id);
        if (!other || (prefer === "newest" && (await isNewer(row.id, store, other.store))))
          found.set(row.id, { row, store });
      }
    }
    return [...found.values()].map(({ row }) => row);
  }

  async function storeOf(id: string): Promise<Store | null> {
    let best: Store | null = null;
    for (const store of stores) {
      if (!(await store.entry(id))) continue;
      if (prefer === "first") return store;
      if (!best || (await isNewer(id, store, best))) best = store;
    }
    return best;
  }

  return {
    source: [...new Set(stores.map((store) => store.source))].join(" + "),
    path: main.path,
    entries: () => merged((store, known) => store.entries(known)),
    entry: async (id) => (await (await storeOf(id))?.entry(id)) ?? null,
    totals: async () => {
      const entries = await merged((store, known) => store.entries(known));
      const ids = new Set(entries.map(({ id }) => id));
      const subagents = new Set(entries.flatMap(({ id, parentId }) => (parentId && ids.has(parentId) ? [id] : [])));
      const rows = await merged((store, known) => store.totals(known));
      return rows.filter(({ id }) => !subagents.has(id)); // alone in one store, beneath its parent in another
    },
    tallies: () => merged((store, known) => store.tallies(known)),
    newestMessageAt: async (id) => (await (await storeOf(id))?.newestMessageAt(id)) ?? null,
    describe: async () => (await Promise.all(stores.map((store) => store.describe()))).flat(),
    load: async (id, weigh) => {
      const store = await storeOf(id);
      if (!store) throw new SourceError({ code: "unknown-session", selector: id, path: main.path });
      return store.load(id, weigh);
    },
    close: () => {
      for (const store of stores) store.close();
    },
  };
}

async function isNewer(id: string, store: Store, than: Store): Promise<boolean> {
  return ((await store.newestMessageAt(id)) ?? 0) > ((await than.newestMessageAt(id)) ?? 0);
}
