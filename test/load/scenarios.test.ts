import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { loadRoots, loadTitled, recordedPath, SCENARIOS } from "../support/fixtures.js";

const reportOf = async (title: string, db = SCENARIOS) => analyze(await loadTitled(db, title), "test");
const ms = (report: Awaited<ReturnType<typeof reportOf>>, state: string) =>
  report.time.ledger.find((row) => row.state === state)?.ms ?? 0;
const noteTexts = (report: Awaited<ReturnType<typeof reportOf>>) => report.notes.map((note) => note.text).join("\n");

describe("sessions that did not end well", () => {
  test("a crash: unfinished, ends at the last record, and nothing is made up", async () => {
    const report = await reportOf("crash");
    expect(report.session.outcome).toBe("unfinished");
    expect(report.summary.wallMs).toBe(1_422);
    expect(report.time.toolCalls).toMatchObject([
      { tool: "bash", durationMs: null, status: "unfinished", basis: "estimated" },
    ]);
    expect(noteTexts(report)).toContain("1 message has no recorded end");
  });

  test("the time between a crash and the next prompt is unknown, not the user's", async () => {
    const [report] = (await loadRoots(recordedPath("1.18.34 faults"))).map((session) => analyze(session, "test"));
    // from the end of the last text before the kill until the next prompt
    expect(report?.time.ledger.find((row) => row.state === "unknown")?.ms).toBe(1_795_189_027_898 - 1_795_189_024_249);
  });

  test("an abort in a tool: the answer was whole, the tool ended when it was stopped", async () => {
    const report = await reportOf("abort");
    expect(report.session.outcome).toBe("aborted");
    expect(report.spans.map(({ kind, status }) => `${kind} ${status}`)).toContain("model ok");
    expect(ms(report, "running-tools")).toBe(1_512);
  });

  test("an abort before any answer is no answered call", async () => {
    const report = await reportOf("abortllm");
    expect(report.summary).toMatchObject({ messages: 2, modelCalls: 0, avgResponseTokens: null });
    expect(ms(report, "waiting-for-model")).toBe(506);
  });

  test("a provider's failure: 70 s of waiting, no tokens, and the error in the table", async () => {
    const report = await reportOf("fail");
    expect(report.session.outcome).toBe("failed");
    expect(ms(report, "waiting-for-model")).toBe(70_055);
    expect(report.tokens.byMessage.at(-1)).toMatchObject({ tokens: null, error: expect.stringMatching(/^APIError/) });
  });

  test("attempts whose stream broke are retrying, the last one is the answer", async () => {
    const [session] = await loadRoots(recordedPath("1.18.34 faults"));
    const report = analyze(session as NonNullable<typeof session>, "test");
    // truth: five dropped streams from 1795188948631 on, the sixth began at about 1795189015232
    expect(ms(report, "retrying")).toBe(1_795_189_015_232 - 1_795_188_947_921);
  });

  test("a refused permission is waiting for the user", async () => {
    const report = await reportOf("reject");
    expect(report.time.toolCalls).toMatchObject([{ tool: "bash", status: "rejected" }]);
    expect(ms(report, "waiting-for-user")).toBe(1_040);
    expect(ms(report, "running-tools")).toBe(0);
  });
});

describe("what is not a prompt", () => {
  test("!shell: no turn, no model call, one command", async () => {
    const report = await reportOf("shell");
    expect(report.summary).toMatchObject({ turns: 0, shellCommands: 1, modelCalls: 0, toolCalls: 1 });
    expect(report.spans.map(({ kind, name }) => `${kind} ${name}`)).toContain("turn !echo shell; sleep 0.5");
  });

  test("a compaction by hand: a turn in the chart, not among the prompts", async () => {
    const report = await reportOf("full");
    expect(report.summary.turns).toBe(1);
    expect(report.spans.filter(({ kind, parent }) => kind === "turn" && parent === 0)).toHaveLength(2);
    expect(report.tokens.byMessage.filter((row) => row.isCompaction)).toHaveLength(1);
  });
});

describe("rows that were copied or taken back", () => {
  test("a fork has nothing from before it existed, but its tokens", async () => {
    const report = await reportOf("full (fork #1)");
    expect(report.summary).toMatchObject({ wallMs: 0, activeMs: 0, messages: 7, toolCalls: 10 });
    expect(report.summary.tokens.uncachedInput).toBe(11_900);
    expect(noteTexts(report)).toContain("7 messages were copied from another session");
  });

  test("an imported copy has the times of the original, though its ids and rows say otherwise", async () => {
    const [imported] = (await loadRoots(SCENARIOS)).filter((session) => session.id.startsWith("ses_d065"));
    const original = await reportOf("full");
    const report = analyze(imported as NonNullable<typeof imported>, "test");
    expect(report.summary.wallMs).toBe(original.summary.wallMs);
    expect(report.summary.subagents).toBe(0);
  });

  test("what was taken back is shown and marked", async () => {
    const report = await reportOf("rev");
    expect(report.tokens.byMessage.map((row) => row.isReverted)).toEqual([false, false, true, true]);
  });

  test("rows that were migrated from JSON keep their own times", async () => {
    const [session] = await loadRoots(recordedPath("v1.2.27-migrated-from-json"));
    const [same] = await loadRoots(recordedPath("v1.3.2"));
    const wallMs = (of: typeof session) => analyze(of as NonNullable<typeof of>, "test").summary.wallMs;
    expect(wallMs(session)).toBeGreaterThan(5_000);
    expect(wallMs(session)).toBeLessThan(2 * wallMs(same));
  });
});

describe("defects of releases", () => {
  test.each([
    ["v1.14.34", "bounded by the call's first appearance, and marked", "estimated"],
    ["v1.18.20", "repaired from the event log", "measured"],
  ])("%s reset the start of running tools: %s, never milliseconds", async (name, _, basis) => {
    const [session] = await loadRoots(recordedPath(name));
    const report = analyze(session as NonNullable<typeof session>, "test");
    const bash = report.time.toolCalls.filter((call) => call.tool === "bash");
    expect(bash.length).toBeGreaterThan(0);
    for (const call of bash) {
      expect(call.basis).toBe(basis);
      expect(call.durationMs).toBeGreaterThan(1_000);
    }
    const note = "ran under a release that overwrites their start";
    if (basis === "estimated") expect(noteTexts(report)).toContain(note);
    else expect(noteTexts(report)).not.toContain(note);
  });

  test("1.3.2 counts reasoning inside output: made disjoint, and said", async () => {
    const [session] = await loadRoots(recordedPath("v1.3.2"));
    const report = analyze(session as NonNullable<typeof session>, "test");
    expect(report.summary.tokens).toMatchObject({ output: 345, reasoning: 55 });
    expect(noteTexts(report)).toContain("counts reasoning inside output");
  });
});

test("subagents hang under the task tools that started them", async () => {
  const { spans } = await reportOf("Map the services", recordedPath("1.18.34 parallel-agents"));
  const subagents = spans.filter(({ kind }) => kind === "subagent");
  expect(subagents.map(({ name }) => name)).toEqual([
    "Scout the cart (@scout subagent)",
    "Scout the orders (@general subagent)",
  ]);
  for (const { parent, startedBy } of subagents)
    expect(spans[parent]).toMatchObject({ tool: "task", callId: startedBy });
});

test("the same scenario has the same turns, calls and messages on every release", async () => {
  const names = ["1.2.1", "1.3.2", "1.14.41", "1.15.13", "1.17.0", "1.18.34"].map((version) => `${version} debug-auth`);
  for (const name of names) {
    const { summary } = await analyze((await loadRoots(recordedPath(name)))[0] as never, "test");
    expect([name, summary.turns, summary.messages, summary.modelCalls, summary.toolCalls]).toEqual([
      name,
      3,
      17,
      14,
      13,
    ]);
  }
});
