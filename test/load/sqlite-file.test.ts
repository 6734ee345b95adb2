import { chmodSync, existsSync, readdirSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openStore } from "../../src/load/index.js";
import { shapeOf } from "../../src/load/text-shape.js";
import {
  crashInTransaction,
  crashWhileWriting,
  fingerprint,
  INSERT_SESSION,
  switchToWal,
} from "../support/databases.js";
import { copyOf, DATABASES, withOpen } from "../support/fixtures.js";
import { runCli, runCliAsNobody } from "../support/run-cli.js";

/** Reads everything there is to read, as `report` and `list` would. */
async function readAll(path: string): Promise<string[]> {
  return withOpen(path, async (store) => {
    const ids = (await store.entries()).map((entry) => entry.id);
    for (const id of ids) await store.load(id, shapeOf);
    expect((await store.totals()).length).toBeGreaterThan(0);
    return ids;
  });
}

describe.each(DATABASES)("$name", ({ path: recorded }) => {
  test("reading changes no byte, in every journal mode", async () => {
    const path = copyOf(recorded);
    const plain = fingerprint(path);
    const ids = await readAll(path);
    expect(fingerprint(path)).toEqual(plain);
    switchToWal(path);
    const closed = fingerprint(path);
    expect(await readAll(path)).toEqual(ids);
    expect(fingerprint(path)).toEqual(closed);
    expect(readdirSync(dirname(path))).toEqual([path.slice(dirname(path).length + 1)]);
  });

  test("rows that are only in the log of a crashed writer are seen, and the log stays as it was", async () => {
    const path = copyOf(recorded);
    crashWhileWriting(path, INSERT_SESSION);
    const crashed = fingerprint(path);
    expect(crashed.wal).not.toBeNull();
    expect(await readAll(path)).toContain("ses_added");
    expect(fingerprint(path)).toEqual(crashed);
  });
});

const [first] = DATABASES as [(typeof DATABASES)[number]];

test("a log without its -shm is read from a copy, with a note", async () => {
  const path = copyOf(first.path);
  crashWhileWriting(path, INSERT_SESSION);
  unlinkSync(`${path}-shm`);
  const before = fingerprint(path);
  const store = await openStore(path);
  expect((await store.entries()).map((entry) => entry.id)).toContain("ses_added");
  const [described] = await store.describe();
  expect(described?.notes).toEqual([{ kind: "info", text: expect.stringContaining("temporary copy") }]);
  store.close();
  expect(fingerprint(path)).toEqual(before);
});

test("a database that is being written to is read as of the last commit", async () => {
  const path = copyOf(first.path);
  const writer = new Database(path);
  writer.pragma("journal_mode = WAL");
  writer.exec("BEGIN IMMEDIATE");
  writer.exec(INSERT_SESSION);
  expect(await readAll(path)).not.toContain("ses_added");
  writer.exec("COMMIT");
  expect(await readAll(path)).toContain("ses_added");
  expect(existsSync(`${path}-wal`)).toBe(true);
  writer.close();
});

test("what another program opened meanwhile is left to it", async () => {
  const path = copyOf(first.path);
  switchToWal(path);
  const store = await openStore(path);
  const writer = new Database(path);
  writer.exec(INSERT_SESSION);
  store.close();
  expect(existsSync(`${path}-wal`)).toBe(true);
  expect(writer.prepare("SELECT count(*) FROM session WHERE id = 'ses_added'").pluck().get()).toBe(1);
  writer.close();
});

test("a database that stays locked is said to be locked", async () => {
  const path = copyOf(first.path);
  const writer = new Database(path);
  writer.exec("BEGIN EXCLUSIVE");
  await expect(openStore(path, { busyTimeoutMs: 50 })).rejects.toMatchObject({ problem: { code: "locked", path } });
  writer.close();
});

test("a transaction that a crashed writer left open is rolled back in a copy", async () => {
  const path = copyOf(first.path);
  crashInTransaction(path);
  const before = fingerprint(path);
  expect(await readAll(path)).toHaveLength(1);
  expect(fingerprint(path)).toEqual(before);
  expect(existsSync(`${path}-journal`)).toBe(true);
});

test("a file that may only be read, in a folder that may be written to, leaves no side files behind", () => {
  const path = copyOf(first.path);
  switchToWal(path);
  chmodSync(path, 0o444);
  chmodSync(dirname(path), 0o777);
  const run = process.getuid?.() === 0 ? runCliAsNobody : runCli;
  expect(run(["report", path, "--json"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect(readdirSync(dirname(path))).toHaveLength(1);
});

test("a read-only folder: a cleanly closed WAL database is read from a copy, and the report says so", () => {
  const path = copyOf(first.path);
  switchToWal(path);
  const before = fingerprint(path);
  const folder = dirname(path);
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  try {
    // Root may write anywhere, so there the program runs as a user who may not.
    const run = process.getuid?.() === 0 ? runCliAsNobody : runCli;
    const { exitCode, stdout, stderr } = run(["report", path, "--format", "json"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).notes[0].text).toContain("temporary copy");
  } finally {
    chmodSync(folder, 0o755);
  }
  expect(fingerprint(path)).toEqual(before);
  expect(readdirSync(join(path, ".."))).toHaveLength(1);
});
