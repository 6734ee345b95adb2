import { expect, test } from "vitest";
import type { SessionEntry, SessionTotals, Store } from "../../src/load/source.js";
import { NO_SHAPE } from "../../src/load/text-shape.js";
import { unitedStore } from "../../src/load/united-store.js";
import type { Session } from "../../src/model/session.js";
import { tallyOf } from "../support/tally-text.js";

/** A store drawn as `id@newest message`. */
function storeOf(source: string, ...drawn: string[]): Store & { closed: number } {
  const sessions = new Map(drawn.map((text) => text.split("@") as [string, string]));
  const entry = (id: string): SessionEntry => {
    return { id, parentId: null, title: source, directory: "/p", createdAt: 0, updatedAt: 0 };
  };
  const listed = (known: ReadonlySet<string> = new Set()) =>
    [...sessions.keys()].filter((id) => !known.has(id)).map(entry);
  const store = {
    ...{ source, path: `/${source}`, closed: 0 },
    entries: async (known?: ReadonlySet<string>) => listed(known),
    entry: async (id: string) => (sessions.has(id) ? entry(id) : null),
    totals: async () =>
      listed().map((one): SessionTotals => ({ ...one, startedAt: 0, endedAt: 0, messages: 1, tokens: 1, costUsd: 0 })),
    tallies: async (known?: ReadonlySet<string>) =>
      listed(known).map(({ id, directory }) => tallyOf({ id, directory, projectId: source })),
    newestMessageAt: async (id: string) => (sessions.has(id) ? Number(sessions.get(id)) : null),
    describe: async () => [],
    load: async (id: string) => ({ id, title: source }) as unknown as Session,
    close: () => {
      store.closed++;
    },
  };
  return store;
}
const weigh = () => NO_SHAPE;
const homes = async (store: Store) => (await store.entries()).map(({ id, title }) => `${id}:${title}`);

test("first: what the earlier store has is its own, however old", async () => {
  const store = unitedStore([storeOf("db", "a@1", "b@1"), storeOf("files", "b@9", "c@1")], "first");
  expect(await homes(store)).toEqual(["a:db", "b:db", "c:files"]);
  expect((await store.totals()).map(({ id, title }) => `${id}:${title}`)).toEqual(["a:db", "b:db", "c:files"]);
  expect((await store.tallies()).map(({ id, projectId }) => `${id}:${projectId}`)).toEqual(["a:db", "b:db", "c:files"]);
  expect((await store.load("b", weigh)).title).toBe("db");
  expect((await store.load("c", weigh)).title).toBe("files");
});

test("newest: of a session in both, the one with the newest message; of equals the earlier store's", async () => {
  const store = unitedStore([storeOf("one", "a@5", "b@5", "c@5"), storeOf("two", "a@4", "b@5", "c@6")], "newest");
  expect(await homes(store)).toEqual(["a:one", "b:one", "c:two"]);
  expect((await store.tallies()).map(({ id, projectId }) => `${id}:${projectId}`)).toEqual(["a:one", "b:one", "c:two"]);
  expect((await store.load("c", weigh)).title).toBe("two");
  expect((await store.entry("b"))?.title).toBe("one");
  expect(await store.newestMessageAt("c")).toBe(6);
});

test("what no store has is an unknown session, and closing closes all", async () => {
  const stores = [storeOf("one"), storeOf("two")] as const;
  const store = unitedStore(stores, "first");
  expect(await store.entry("x")).toBeNull();
  await expect(store.load("x", weigh)).rejects.toThrow(
    expect.objectContaining({ problem: { code: "unknown-session", selector: "x", path: "/one" } }),
  );
  store.close();
  expect(stores.map(({ closed }) => closed)).toEqual([1, 1]);
});
