import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import { EVENT_QUERY_1, partEvents } from "../../../src/load/opencode/events-1.js";
import { copyOf, DATABASES, loadRoots, loadTitled, recordedPath, SCENARIOS } from "../../support/fixtures.js";

/** A log of one session: what each update of a part said. */
function logOf(
  ...updates: { part: string; tool?: string; status: string; at: number; start?: number; output?: string }[]
) {
  const db = new Database(":memory:");
  db.exec("CREATE TABLE event (id TEXT, aggregate_id TEXT, seq INTEGER, type TEXT, data TEXT)");
  const insert = db.prepare("INSERT INTO event VALUES (?, 'ses_1', ?, 'message.part.updated.1', ?)");
  updates.forEach(({ part, tool = "bash", status, at, start = at, output }, seq) => {
    const state = { status, time: { start }, metadata: output === undefined ? {} : { output } };
    insert.run(`evt_${seq}`, seq, JSON.stringify({ time: at, part: { id: part, type: "tool", tool, state } }));
  });
  return partEvents(db, "ses_1");
}

test("a command runs when it begins, not when it is prepared", () => {
  const events = logOf(
    { part: "p", status: "pending", at: 90 },
    { part: "p", status: "running", at: 101, start: 100 },
    { part: "p", status: "running", at: 200, output: "" },
    { part: "p", status: "running", at: 900, start: 900, output: "half" },
    { part: "p", status: "completed", at: 1_000, output: "half and half" },
  );
  expect([...events]).toEqual([["p", { calledAt: 100, ranAt: 200, userWait: null }]]);
});

test("where that took longer than any preparation, the user was asked", () => {
  const events = logOf(
    { part: "p", status: "running", at: 100 },
    { part: "p", status: "running", at: 2_100, output: "" },
  );
  expect(events.get("p")).toEqual({ calledAt: 100, ranAt: 100, userWait: { startAt: 100, endAt: 2_100 } });
});

test("of other tools a second update says nothing", () => {
  const events = logOf(
    { part: "p", tool: "task", status: "running", at: 100 },
    { part: "p", tool: "task", status: "running", at: 5_000, output: "" },
  );
  expect(events.get("p")).toEqual({ calledAt: 100, ranAt: 100, userWait: null });
});

test("the prompt for permission of a recorded session is found within 200 ms: the plugin saw 2,049 ms", async () => {
  const { time } = analyze(await loadTitled(SCENARIOS, "full"), "test");
  const [command] = time.toolCalls.filter(({ tool }) => tool === "bash");
  const running = time.ledger.find(({ state }) => state === "running-tools")?.ms ?? 0;
  const waited = (command?.durationMs ?? 0) - running;
  expect(Math.abs(waited - 2_049)).toBeLessThan(200);
});

test("a log whose times lie outside the message is not believed", async () => {
  const path = copyOf(recordedPath("1.18.34 debug-auth"));
  const db = new Database(path);
  db.exec(`UPDATE event SET data = json_set(data, '$.time', json_extract(data, '$.time') + 9000000,
    '$.part.state.time.start', json_extract(data, '$.part.state.time.start') + 9000000) WHERE type = 'message.part.updated.1'`);
  db.close();
  const { spans } = (await loadRoots(path))[0] as Awaited<ReturnType<typeof loadTitled>>;
  const { spans: without } = await loadTitled(recordedPath("1.18.34 debug-auth export"), "Debug Auth");
  const times = (of: typeof spans) => of.flatMap((span) => (span.kind === "tool" ? [[span.startAt, span.endAt]] : []));
  expect(times(spans)).toEqual(times(without));
});

test.each(DATABASES.filter(({ version }) => /^v?1\.(17|18)\./.test(version)))(
  "$name: the log is read by an index",
  ({ path }) => {
    const db = new Database(path, { readonly: true });
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${EVENT_QUERY_1}`).all("ses_x") as { detail: string }[];
    expect(plan.map(({ detail }) => detail).filter((detail) => /^SCAN/.test(detail))).toEqual([]);
    db.close();
  },
);
