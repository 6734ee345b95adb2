import { availableParallelism, loadavg } from "node:os";
import { quantile } from "simple-statistics";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PerformanceReport } from "../../src/model/performance-report.js";
import type { RecordingKind, RecordingLine, RequestSent } from "../../src/model/recording.js";
import type { Report } from "../../src/model/report.js";
import { PLUGIN_RELEASES, PREVIEW, whyNot } from "./lab.js";
import { linesIn, type RecordedRun, RecordLab, reportOf } from "./record-lab.js";
import { BRIEF, CANARIES, WORK } from "./recorder-scenario.js";
import { differences, sessionDump } from "./session-dump.js";
import { refusedMs, timeErrors } from "./truth.js";

const PLUGIN = new URL("../../dist/plugin.js", import.meta.url);
const ENABLED = ["--config", JSON.stringify({ plugin: [[PLUGIN.href, { performance: { enabled: true } }]] })];
const reason = whyNot("sqlite3");
const why = reason ? ` (skipped: ${reason})` : "";
const lab = new RecordLab();

beforeAll(() => (reason === null ? lab.make() : undefined));
afterAll(() => lab.remove());

describe.skipIf(reason !== null).each(PLUGIN_RELEASES)(`recorded, OpenCode $version${why}`, (release) => {
  let run: RecordedRun;
  let lines: readonly RecordingLine[] = [];
  let report: Report;
  beforeAll(async () => {
    run = await lab.run(release, WORK, ENABLED);
    lines = linesIn(run.recordings);
    report = reportOf(run.database);
  });
  const linesOf = <Kind extends RecordingKind>(kind: Kind) =>
    lines.filter((line): line is Extract<RecordingLine, { kind: Kind }> => line.kind === kind);
  const sessionIds = () => [...new Set(lines.map(({ sessionId }) => sessionId))];

  test("a session goes as it does without the plugin", async () => {
    const without = await lab.run(release, WORK);
    expect(without.recordings).toEqual([]);
    expect(differences(sessionDump(run.database), sessionDump(without.database))).toEqual([]);
    expect(countsOf(report)).toEqual(countsOf(reportOf(without.database)));
  });

  // Where the machine has something else to do, one of the two looks at its clock late: then it is recorded again. Where
  // it has far more to do than it can, only what is usual can be told.
  test("requests and answers have the times of the model server", { retry: 2 }, async ({ task, skip }) => {
    const { recordings, truth } = task.result?.retryCount ? await lab.run(release, WORK, ENABLED) : run;
    const { sent, firstChunk, streamEnd } = timeErrors(linesIn(recordings), truth);
    expect(sent.length).toBeGreaterThan(20);
    expect([at(sent, 0.5) <= 20, at(firstChunk, 0.5) <= 20, at(streamEnd, 0.5) <= 60]).toEqual([true, true, true]);
    skip((loadavg()[0] as number) > 2 * availableParallelism(), "the machine is too busy for the 95th percentile");
    expect(at(sent, 0.95)).toBeLessThanOrEqual(30);
    expect(at(firstChunk, 0.95)).toBeLessThanOrEqual(20);
    expect(at(streamEnd, 0.95)).toBeLessThanOrEqual(60);
  });

  test("titles, compactions, subagents and refused attempts are told apart", () => {
    const requests = (wanted: RequestSent["purpose"]) => linesOf("request").filter(({ purpose }) => purpose === wanted);
    expect(requests("title")).toHaveLength(1);
    expect(requests("compaction").map(({ messageId }) => messageId)).toEqual([expect.any(String)]);
    expect(linesOf("compaction")[0]?.messageId).toBe(requests("compaction")[0]?.messageId);
    expect(new Set(requests("answer").map(({ agent }) => agent))).toEqual(new Set(["build", "scout", "general"]));
    expect(sessionIds().length).toBe(3);
    expect(linesOf("retry")).toMatchObject([{ attempt: 1, reason: "rate-limit", messageId: expect.any(String) }]);
    const again = requests("answer").filter(({ attempt }) => attempt === 2);
    expect(again.map(({ messageId }) => messageId)).toEqual([linesOf("retry")[0]?.messageId]);
  });

  test("every call is recorded as it ended, with what each agent's prompt begins with and what each session does", () => {
    const ended = report.time.toolCalls.map(({ callId, tool, status }) => `${callId} ${tool} ${status === "ok"}`);
    expect(
      linesOf("tool")
        .map(({ callId, tool, ok }) => `${callId} ${tool} ${ok}`)
        .sort(),
    ).toEqual(ended.sort());
    for (const { systemChars, tools } of linesOf("base")) {
      expect(systemChars).toBeGreaterThan(1_000);
      expect(tools.map(({ tool }) => tool)).toEqual(expect.arrayContaining(["read", "bash"]));
    }
    const told = sessionIds().map((id) => linesOf("status").filter(({ sessionId }) => sessionId === id));
    expect(told.map((own) => own.map(({ status }) => status).join(" ")).sort()).toEqual([
      "busy idle",
      "busy idle",
      "busy retry busy idle busy idle",
    ]);
  });

  test("the report takes its times from it, and says that they are measured", () => {
    expect(new Set(report.time.modelCalls.map(({ basis }) => basis))).toEqual(new Set(["measured"]));
    const retrying = report.time.ledger.find(({ state }) => state === "retrying");
    expect(retrying?.basis).toBe("measured");
    expect(Math.abs((retrying?.ms ?? 0) - refusedMs(run.truth))).toBeLessThan(100);
    expect(report.notes.map(({ text }) => text).join()).not.toMatch(/contradict|skipped/);
  });

  test("of each session a report is saved, which counts every operation of all the processes that it ran in", () => {
    const saved = run.savedReports.map((text) => JSON.parse(text) as PerformanceReport);
    expect(saved.map(({ sessionId }) => sessionId).sort()).toEqual([...sessionIds()].sort());
    for (const { sessionId, operationBreakdown } of saved) {
      const own = lines.filter((line) => line.sessionId === sessionId);
      const tools = own.filter(({ kind }) => kind === "tool");
      const answers = own.filter((line) => "requestMs" in line && line.requestMs !== null);
      expect(operationBreakdown["tool-execution"]?.count ?? 0).toBe(tools.length);
      expect(operationBreakdown["model-call"]?.count ?? 0).toBe(answers.length);
    }
  });

  test("no word of a prompt, a file, an argument, an output, an answer or an error is in it, and no path", () => {
    const written = [...run.recordings, ...run.savedReports].join("");
    for (const secret of [...CANARIES, lab.folder, "small1", "new.ts"]) expect(written).not.toContain(secret);
  });

  test("without options the plugin writes no file", async () => {
    const { recordings, database } = await lab.run(release, BRIEF, ["--plugin", PLUGIN.href]);
    expect(recordings).toEqual([]);
    expect(reportOf(database).session.outcome).toBe("complete");
  });
});

test.skipIf(reason !== null)(
  `OpenCode ${PREVIEW.version} says that it cannot load the plugin, and its session goes as it does without${why}`,
  async () => {
    const [run, without] = [await lab.run(PREVIEW, BRIEF, ENABLED), await lab.run(PREVIEW, BRIEF)];
    expect(run.log).toMatch(/failed to load plugin.*plugin\.js/);
    expect(without.log).not.toContain("failed to load plugin");
    expect(run.recordings).toEqual([]);
    expect(differences(sessionDump(run.database), sessionDump(without.database))).toEqual([]);
    expect(reportOf(run.database).session.outcome).toBe("complete");
  },
);

/** A quantile of how far off times are. */
function at(errors: readonly number[], share: number): number {
  return quantile(errors.map(Math.abs), share);
}

function countsOf({ summary, session }: Report) {
  const { turns, messages, modelCalls, toolCalls, subagents } = summary;
  return { outcome: session.outcome, turns, messages, modelCalls, toolCalls, subagents };
}
