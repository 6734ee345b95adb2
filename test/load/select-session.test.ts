import { expect, test } from "vitest";
import { selectSession } from "../../src/load/select-session.js";
import type { SessionEntry, Store } from "../../src/load/source.js";

const entry = (id: string, title: string, updatedAt: number, extra: Partial<SessionEntry> = {}): SessionEntry => {
  return { id, parentId: null, title, directory: "/p", createdAt: 0, updatedAt, ...extra };
};
const storeOf = (...entries: SessionEntry[]) =>
  ({
    path: "db",
    entries: async () => entries,
    entry: async (id: string) => entries.find((one) => one.id === id) ?? null,
  }) as unknown as Store;

const store = storeOf(
  entry("ses_a1", "Debug auth", 10),
  entry("ses_a2", "Debug", 20),
  entry("ses_b1", "child", 99, { parentId: "ses_a1" }),
  entry("ses_c1", "elsewhere", 50, { directory: "/q" }),
);
const found = async (selector: string, cwd = "/x") => (await selectSession(store, selector, cwd)).id;

test("last is the newest root session, first of all in this folder", async () => {
  expect(await found("last")).toBe("ses_c1");
  expect(await found("last", "/p")).toBe("ses_a2");
});

test("a beginning of an id goes before titles, a whole title before a part of one", async () => {
  expect(await found("ses_c")).toBe("ses_c1");
  expect(await found("debug")).toBe("ses_a2");
  expect(await found("auth")).toBe("ses_a1");
});

test("an ambiguous or unknown selector names what it met", async () => {
  await expect(found("ses_a")).rejects.toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ matches: ["ses_a1  Debug auth", "ses_a2  Debug"] }) }),
  );
  await expect(found("nothing")).rejects.toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: "unknown-session" }) }),
  );
  await expect(selectSession(storeOf(), "last", "/")).rejects.toThrow(
    expect.objectContaining({ problem: { code: "no-sessions", path: "db" } }),
  );
});
