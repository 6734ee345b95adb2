import { cpSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import { stats } from "../../../src/analyze/stats.js";
import { openStore } from "../../../src/load/index.js";
import { tallied, talliesOf } from "../../../src/load/opencode/tallies.js";
import type { Session } from "../../../src/model/session.js";
import type { SessionTally } from "../../../src/model/tally.js";
import {
  copyOf,
  DATABASES,
  loadRoots,
  RECORDED,
  recordedPath,
  temporaryFolder,
  withOpen,
} from "../../support/fixtures.js";
import { addSession2, stable2Database } from "../../support/generation-2.js";
import { messageDraft, sessionRows, toolDraft } from "../../support/message-drafts.js";
import { rowSums } from "../../support/row-sums.js";

const talliesIn = (path: string) => withOpen(path, (store) => store.tallies());
const statsIn = async (path: string) => stats(await talliesIn(path), { days: null, since: null, project: null });
const counted = (tallies: readonly SessionTally[]) => tallies.map(({ rule, projectId, directory, ...rest }) => rest);

describe.each(RECORDED)("$name", (recording) => {
  test("messages and tools are those that were recorded", async () => {
    const roots = await withOpen(recording.path, async (store) =>
      (await store.entries()).filter(({ parentId }) => parentId === null),
    );
    const sums = roots.map(({ id }) => rowSums(recording, id));
    const { asOpencode, tools } = await statsIn(recording.path);
    expect(asOpencode.messages).toBe(sums.reduce((all, { messages }) => all + messages, 0));
    for (const { tool, calls } of tools)
      expect([tool, calls]).toEqual([tool, sums.reduce((all, own) => all + (own.tools[tool] ?? 0), 0)]);
    const recordedTools = new Set(sums.flatMap((own) => Object.keys(own.tools)));
    expect(new Set(tools.map(({ tool }) => tool))).toEqual(recordedTools);
  });
});

const WITHOUT_LOG = DATABASES.filter(({ version }) => /^v?1\.([0-9]|1[0-5])\./.test(version));

test.each(WITHOUT_LOG)("$name: tools take as long as its report says", async ({ path }) => {
  const [session] = (await loadRoots(path)) as [Session];
  const rows = analyze(session, "test").time.operations.filter(({ kind }) => kind === "tool");
  const inReport = rows.map(({ operation, count, errors, timed, totalMs, p50Ms }) => {
    return { tool: operation, callsWithoutCopies: count, errors, timed, totalMs, p50Ms };
  });
  const { tools } = await statsIn(path);
  expect(tools).toHaveLength(inReport.length);
  expect(tools).toEqual(expect.arrayContaining(inReport.map((row) => expect.objectContaining(row))));
});

test("an export counts as its session does in the database", async () => {
  const [inDatabase] = await talliesIn(recordedPath("1.18.34 hostile"));
  const [exported] = await talliesIn(recordedPath("1.18.34 hostile export"));
  expect(counted([exported as SessionTally])).toEqual(counted([inDatabase as SessionTally]));
});

test("a session that lies in files and in the database counts once", async () => {
  const folder = copyOf(recordedPath("1.18.34 hostile"), "opencode.db").replace(/\/opencode\.db$/, "");
  const storage = recordedPath("1.1.65 debug-auth storage");
  cpSync(storage, join(folder, "storage"), { recursive: true });
  const store = await openStore(folder);
  expect(await store.tallies()).toHaveLength(2);
  const [known] = await withOpen(storage, (files) => files.entries());
  expect(await withOpen(storage, (files) => files.tallies(new Set([known?.id ?? ""])))).toEqual([]);
  store.close();
});

describe("generation 2", () => {
  const answer = (at: number, output: number) => ({
    ...{ time: { created: at, completed: at + 10 }, model: { id: "m", providerID: "p" }, cost: 1 },
    tokens: { input: 5, output, reasoning: 1, cache: { read: 2, write: 0 } },
    content: ["no object", { type: "tool", id: "c", name: "read", state: { status: "completed" }, time: times(at) }],
  });
  const times = (at: number) => ({ created: at, ran: at + 1, completed: at + 4 });
  const rows = (at: number) => [
    { id: "u", type: "user", at, data: { text: "hello" } },
    { id: "a", type: "assistant", at, data: answer(at, 7) },
    { id: "i", type: "idle", at, data: { outcome: "succeeded" } },
  ];

  test("counts rows that are messages, and what stands in their content", async () => {
    const path = `${temporaryFolder()}/opencode.db`;
    stable2Database(path, "ses_a", rows(1_000));
    expect(await talliesIn(path)).toMatchObject([
      {
        ...{ id: "ses_a", rule: "2", isCopy: false },
        all: { messages: 2, costUsd: 1, tokens: { uncachedInput: 5, output: 7, reasoning: 1, cacheRead: 2 } },
        models: [{ model: "p/m", all: { messages: 1 } }],
        tools: [{ tool: "read", calls: 1, ownCalls: 1, errors: 0, durationsMs: [3] }],
      },
    ]);
  });

  test("what a fork is said to have copied is left out, also with the original gone", async () => {
    const path = `${temporaryFolder()}/opencode.db`;
    stable2Database(path, "ses_fork", rows(1_000));
    const db = new Database(path);
    addSession2(db, "ses_other", rows(9_000));
    db.exec("UPDATE session_v2 SET fork_session_id = 'ses_gone', time_created = 5000 WHERE id = 'ses_fork'");
    db.close();
    expect((await talliesIn(path)).map(({ id, isCopy, own }) => [id, isCopy, own.messages])).toEqual([
      ["ses_fork", true, 0],
      ["ses_other", false, 2],
    ]);
  });
});

describe("how long a call took", () => {
  const HALF_HOUR_MS = 30 * 60_000;
  const durations = (...tools: ReturnType<typeof toolDraft>[]) => {
    const rows = sessionRows("ses_a", null, [messageDraft("a", "assistant", { parts: tools })]);
    const [tally] = talliesOf([tallied({ entry: { ...rows, updatedAt: 0 }, rows })]);
    return tally?.tools.map(({ tool, durationsMs, errors }) => [tool, durationsMs, errors]);
  };

  test("is not known without an end, nor where the machine may have slept, but of a task", () => {
    const tools = [
      toolDraft("bash", 0, null),
      toolDraft("read", 0, HALF_HOUR_MS + 1),
      toolDraft("task", 0, HALF_HOUR_MS + 1),
    ];
    expect(durations(...tools)).toEqual([
      ["bash", [], 0],
      ["read", [], 0],
      ["task", [HALF_HOUR_MS + 1], 0],
    ]);
  });

  test("is nothing for a question and a call that was refused: they waited for the user", () => {
    const refused = toolDraft("bash", 0, 500, { status: "rejected" });
    expect(durations(toolDraft("question", 0, 900), refused)).toEqual([
      ["question", [0], 0],
      ["bash", [0], 0],
    ]);
  });

  test("counts for calls that failed too, and an end before the start is none", () => {
    expect(durations(toolDraft("edit", 0, 30, { status: "error" }), toolDraft("edit", 50, 40))).toEqual([
      ["edit", [30, 0], 1],
    ]);
  });
});

test.each([
  ["0.15.31", null, "1.0"],
  ["1.0.185", null, "1.0"],
  ["1.1.65", null, "1.1"],
  ["1.10.2", null, "1.1"],
  [null, null, "1.1"],
  [
    "1.18.34",
    { tokens: { uncachedInput: 1, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }, costUsd: 0 },
    "1.15",
  ],
] as const)(
  "a session of %s outside a database, with the sums %s, is counted by the rule of %s",
  (version, counted, rule) => {
    const rows = { ...sessionRows("ses_a", null, []), version, counted };
    expect(talliesOf([tallied({ entry: { ...rows, updatedAt: 0 }, rows })])).toMatchObject([{ rule }]);
  },
);
