import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { openStore } from "../../src/load/index.js";
import { EVENT_QUERY } from "../../src/load/opencode/events-2.js";
import { queries2 } from "../../src/load/opencode/tables-2.js";
import type { Session } from "../../src/model/session.js";
import { copyOf, DATABASES, loadRoots, recordedPath, temporaryFolder, withOpen } from "../support/fixtures.js";
import { addSession2, type Row2, stable2Database } from "../support/generation-2.js";

const AT = 1_795_300_000_000;
const rows = (answer: string, at = AT): Row2[] => [
  { id: "u", type: "user", at, data: { text: "ask" } },
  {
    ...{ id: "a", type: "assistant", at: at + 500 },
    data: {
      ...{ agent: "build", model: { id: "m", providerID: "p" }, content: [{ type: "text", text: answer }], cost: 0.5 },
      tokens: { input: 100, output: 10, reasoning: 0, cache: { read: 5, write: 0 } },
      time: { created: at + 500, completed: at + 900 },
    },
  },
];

/** The database of 1.18.34, as a first start of 2.x leaves it: its tables in place, copies in new ones. */
function takenOver(change: (db: Database.Database, sessionId: string) => void): string {
  const path = copyOf(recordedPath("1.18.34 debug-auth"));
  const db = new Database(path);
  db.exec("CREATE TABLE session_v2 AS SELECT * FROM session; DROP TABLE session_message");
  db.exec(
    `CREATE TABLE session_message (id TEXT PRIMARY KEY, session_id TEXT, type TEXT, seq INTEGER, time_created INTEGER,
      time_updated INTEGER, data TEXT)`,
  );
  const sessionId = db.prepare("SELECT id FROM session").pluck().get() as string;
  db.prepare(
    `INSERT INTO session_message SELECT id, session_id, json_extract(data, '$.role'), row_number() OVER (ORDER BY time_created),
      time_created, time_updated, json_object('time', json_extract(data, '$.time'), 'text', 'copied', 'content', json('[]'))
      FROM message`,
  ).run();
  change(db, sessionId);
  db.close();
  return path;
}
const roots = async (path: string) => (await loadRoots(path)) as [Session, ...Session[]];

describe("a file of a stable 2.x, without any table of generation 1", () => {
  test("is read: no column is asked for that is not there", async () => {
    const path = join(temporaryFolder(), "opencode.db");
    stable2Database(path, "ses_new", rows("hello"));
    const [session] = await roots(path);
    expect(analyze(session, "test").summary).toMatchObject({ turns: 1, messages: 2, costUsd: 0.5 });
    await withOpen(path, async (store) => {
      expect(await store.totals()).toMatchObject([{ id: "ses_new", tokens: 115, costUsd: 0.5, messages: 2 }]);
      expect(await store.describe()).toMatchObject([
        { form: "OpenCode database, generation 2 (session_message table)", versions: ["2.0.26"], messages: 2 },
      ]);
    });
  });
});

describe("a file with both generations", () => {
  test("a session that was only copied is read from the richer rows, and counts once", async () => {
    const path = takenOver(() => {});
    await withOpen(path, async (store) => {
      expect(await store.entries()).toHaveLength(1);
      expect(await store.totals()).toHaveLength(1);
      expect((await store.describe()).map(({ form }) => form)).toEqual([
        "OpenCode database, generation 1 (message and part tables, event log)",
        "OpenCode database, generation 2 (session_message table)",
      ]);
    });
    const [session] = await roots(path);
    const [original] = await roots(recordedPath("1.18.34 debug-auth"));
    expect(session).toEqual(original);
  });

  test("a session that went on in 2.x is read from there", async () => {
    const path = takenOver((db, id) => {
      db.prepare("INSERT INTO session_message VALUES ('msg_later', ?, 'user', 99, ?, ?, ?)").run(
        ...[id, AT, AT, JSON.stringify({ time: { created: AT }, text: "and now?" })],
      );
    });
    const [session, ...more] = await roots(path);
    expect(more).toEqual([]);
    expect(session.messages.at(-1)?.text.firstWords).toBe("and now?");
    await withOpen(path, async (store) => expect(await store.totals()).toMatchObject([{ messages: 18 }]));
  });

  test("a session that went on in 1.x is read from there", async () => {
    const path = takenOver((db) => {
      db.exec(`INSERT INTO message (id, session_id, time_created, time_updated, data)
        SELECT 'msg_later', session_id, ${AT}, ${AT}, '{"role":"user","time":{"created":${AT}}}' FROM message LIMIT 1`);
    });
    const [session] = await roots(path);
    expect([session.messages.length, session.messages.at(-1)?.id]).toEqual([18, "msg_later"]);
  });

  test("sessions that only one of them has are all there", async () => {
    const path = takenOver((db) => {
      addSession2(db, "ses_new", rows("hello"));
      db.exec(
        "DELETE FROM session_v2 WHERE id != 'ses_new'; DELETE FROM session_message WHERE session_id != 'ses_new'",
      );
    });
    expect((await roots(path)).map(({ title }) => title).sort()).toEqual(["Debug Auth", "title of ses_new"]);
  });
});

test("children of a session of generation 2 come from the same rows", async () => {
  const [session] = await roots(recordedPath("2.0-preview parallel-agents"));
  expect(session.spans.filter(({ kind }) => kind === "subagent").map(({ name }) => name)).toEqual([
    "Scout the cart",
    "Scout the orders",
  ]);
});

test("retries of generation 2 are those of the event log: to the time at which the last attempt was due", async () => {
  const [session] = await roots(recordedPath("2.0-preview faults"));
  const retrying = session.spans.flatMap((span) => (span.kind === "model" && span.retrying ? [span.retrying] : []));
  // truth: attempts failed at …582119 and …584206, the third was received at …588282
  expect(retrying[0]).toEqual({ startAt: 1_795_191_582_029, endAt: 1_795_191_588_212 });
  expect(session.records.retries).toBe("recorded");
});

test.each(DATABASES.filter(({ generation }) => generation === 2))(
  "$name: every query of a report goes by an index",
  ({ path }) => {
    const db = new Database(path, { readonly: true });
    for (const [name, sql] of Object.entries({ ...queries2(db, "session"), events: EVENT_QUERY })) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all("ses_x") as { detail: string }[];
      expect([name, ...plan.map(({ detail }) => detail).filter((detail) => /^SCAN/.test(detail))]).toEqual([name]);
    }
    db.close();
  },
);

test("what was counted for a session beside its messages is said", async () => {
  const [session] = await roots(recordedPath("2.0-preview debug-auth"));
  expect(session.notes.map((note) => note.text).join()).toMatch(
    /OpenCode counted 524 more tokens \(\$0\.0016\) that stand in no message which could be read: those of the call that finds a title/,
  );
});

test("the Go program's database is named for what it is", async () => {
  const path = join(temporaryFolder(), "opencode.db");
  const db = new Database(path);
  db.exec("CREATE TABLE sessions (id); CREATE TABLE messages (id); CREATE TABLE files (id)");
  db.close();
  await expect(openStore(path)).rejects.toThrow(expect.objectContaining({ problem: { code: "go-program", path } }));
});
