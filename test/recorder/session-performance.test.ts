import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { packageFile } from "../../src/cli/package-files.js";
import { recordingLine } from "../../src/load/recording/line-schema.js";
import type * as Api from "../../src/recorder/api.js";
import { temporaryFolder } from "../support/fixtures.js";

const built = (name: string) => pathToFileURL(packageFile("dist", name)).href;
const { SessionPerformance } = (await import(built("recorder.js"))) as typeof Api;
const { Sessionflame } = await import(built("plugin.js"));

let folder = "";
beforeEach(() => {
  const data = temporaryFolder();
  vi.stubEnv("XDG_DATA_HOME", data);
  folder = join(data, "opencode", "sessionflame");
});

/** A plugin that has seen two tools of a session, one of which failed. */
async function pluginWithTools(sessionID = "ses_a") {
  const hooks = await Sessionflame({}, { performance: { enabled: true } });
  const event = (type: string, properties: object) =>
    hooks.event({ event: { type, properties: { sessionID, ...properties } } });
  await event("session.status", { status: { type: "busy" } });
  await event("message.updated", { info: { id: "msg_1", role: "assistant", time: {} } });
  for (const callID of ["c1", "c2"])
    await hooks["tool.execute.before"]({ tool: "read", sessionID, callID }, { args: {} });
  await hooks["tool.execute.after"]({ tool: "read", sessionID, callID: "c1" }, { output: "" });
  const failed = { type: "tool", callID: "c2", messageID: "msg_1", state: { status: "error", error: "no" } };
  await event("message.part.updated", { part: failed });
  return { hooks, event };
}

describe("of a session that is recorded in this process", () => {
  test("everything is there at once", async () => {
    const { hooks } = await pluginWithTools();
    expect(SessionPerformance.getLive("ses_a")).toMatchObject({ totalOperations: 2, failedOperations: 1 });
    expect(SessionPerformance.getReport("ses_a")).toMatchObject({
      ...{ sessionId: "ses_a", totalOperations: 2, memoryUsage: { rss: expect.any(Number) } },
      operationBreakdown: { "tool-execution": { count: 2, failed: 1 } },
    });
    expect(SessionPerformance.getReport("ses_a")?.totalOperations).toBe(2);
    await hooks.dispose();
  });

  test("an operation of one's own is in its recording and in its report", async () => {
    const { hooks } = await pluginWithTools();
    expect(SessionPerformance.record("ses_a", { type: "indexing", durationMs: 3, metadata: { files: 2 } })).toBe(true);
    await hooks.dispose();
    const { operationBreakdown } = SessionPerformance.getReport("ses_a") ?? {};
    expect(Object.keys(operationBreakdown ?? {}).sort()).toEqual(["indexing", "tool-execution"]);
    const lines = readFileSync(join(folder, "ses_a.jsonl"), "utf8").trim().split("\n");
    expect(lines.filter((line) => recordingLine(JSON.parse(line))?.kind === "operation")).toHaveLength(1);
  });

  test("an operation of a session that nobody records here is in its recording, and is not kept in mind", async () => {
    const { hooks } = await pluginWithTools("ses_a");
    expect(SessionPerformance.record("ses_b", { type: "indexing", durationMs: 3 })).toBe(true);
    expect(SessionPerformance.getLive("ses_b")?.totalOperations).toBe(1);
    await hooks.dispose();
    expect(readdirSync(join(folder, "session", "performance"))).toEqual(["ses_a.json"]);
  });

  test("the report goes when the session is deleted", async () => {
    const { hooks, event } = await pluginWithTools();
    expect(SessionPerformance.getReport("ses_a")).not.toBeNull();
    await event("session.deleted", { info: { id: "ses_a" } });
    await hooks.dispose();
    expect(SessionPerformance.getReport("ses_a")).toBeNull();
  });
});

test("a plugin that OpenCode loads twice writes nothing twice, and one that is left lets the other go on", async () => {
  const [one, two] = [await pluginWithTools(), await pluginWithTools()];
  const count = () => SessionPerformance.getLive("ses_a")?.totalOperations;
  expect(count()).toBe(2);
  await one.hooks.dispose();
  await two.hooks["tool.execute.before"]({ tool: "read", sessionID: "ses_a", callID: "c3" }, { args: {} });
  await two.hooks["tool.execute.after"]({ tool: "read", sessionID: "ses_a", callID: "c3" }, { output: "" });
  expect(count()).toBe(3);
  await two.hooks.dispose();
});

describe("of a session that another process records", () => {
  /** Runs the two tools in a process of its own, which ends as it is told. */
  const elsewhere = (end: string) => {
    const source = `
      import { Sessionflame } from ${JSON.stringify(built("plugin.js"))};
      const hooks = await Sessionflame({}, { performance: { enabled: true } });
      const input = { tool: "read", sessionID: "ses_a", callID: "c" };
      const busy = { type: "session.status", properties: { sessionID: "ses_a", status: { type: "busy" } } };
      await hooks.event({ event: busy });
      await hooks["tool.execute.before"](input, { args: {} });
      await hooks["tool.execute.after"](input, { output: "" });
      ${end}`;
    execFileSync(process.execPath, ["--input-type=module", "-e", source]);
  };

  test("the recording so far tells what is live, and there is no report before the end", () => {
    elsewhere("await new Promise((done) => setTimeout(done, 400)); process.reallyExit(0);");
    expect(SessionPerformance.getLive("ses_a")?.totalOperations).toBe(1);
    expect(SessionPerformance.getReport("ses_a")).toBeNull();
    expect(SessionPerformance.getOperationStats("ses_a", "tool-execution")?.count).toBe(1);
  });

  test("the report was saved when the process ended", () => {
    elsewhere("process.exit(0);");
    expect(SessionPerformance.getReport("ses_a")).toMatchObject({ totalOperations: 1 });
    expect(SessionPerformance.getOperationStats("ses_a", "tool-execution")).toMatchObject({ count: 1, failed: 0 });
    expect(SessionPerformance.getOperationStats("ses_a", "toString")).toBeNull();
  });

  test("an operation of one's own is added to the recording", () => {
    elsewhere("process.exit(0);");
    SessionPerformance.record("ses_a", { type: "indexing", durationMs: 3 });
    expect(SessionPerformance.getMetrics("ses_a").map(({ type }) => type)).toEqual(["tool-execution", "indexing"]);
  });

  test("what was put aside as too long counts too, and half a line does not", () => {
    const line = (durationMs: number) =>
      `${JSON.stringify({ kind: "operation", at: 9, sessionId: "ses_a", type: "a", durationMs, ok: true })}\n`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "ses_a.1.jsonl"), line(1));
    writeFileSync(join(folder, "ses_a.jsonl"), line(2) + line(3).slice(0, 20));
    expect(SessionPerformance.getMetrics("ses_a").map(({ durationMs }) => durationMs)).toEqual([1, 2]);
  });
});

test("a process that is killed while it saves leaves a whole report", async () => {
  const source = `
    import { Sessionflame } from ${JSON.stringify(built("plugin.js"))};
    import { SessionPerformance } from ${JSON.stringify(built("recorder.js"))};
    const hooks = await Sessionflame({}, { performance: { enabled: true } });
    const input = { tool: "read", sessionID: "ses_a", callID: "c" };
    for (let n = 0; ; n++) {
      await hooks["tool.execute.before"](input, { args: {} });
      await hooks["tool.execute.after"](input, { output: "" });
      SessionPerformance.getReport("ses_a");
      if (n % 10 === 0) { console.log(n); await new Promise((done) => setTimeout(done, 1)); }
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source]);
  await new Promise<void>((done) => {
    child.stdout.on("data", (text) => Number(String(text).trim().split("\n").at(-1)) > 200 && child.kill("SIGKILL"));
    child.on("close", () => done());
  });
  expect(SessionPerformance.getReport("ses_a")?.totalOperations).toBeGreaterThan(200);
});

describe("what is measured", () => {
  const kept = () => SessionPerformance.getMetrics("ses_a").map(({ type, ok }) => [type, ok]);

  test("gives back what it does, and a promise is waited for", async () => {
    expect(SessionPerformance.measure("ses_a", "a", () => 7)).toBe(7);
    expect(await SessionPerformance.measure("ses_a", "b", async () => 8)).toBe(8);
    expect(kept()).toEqual([
      ["a", true],
      ["b", true],
    ]);
  });

  test("throws what it does, and has failed", async () => {
    const fails = () => {
      throw new Error("own");
    };
    expect(() => SessionPerformance.measure("ses_a", "a", fails)).toThrow("own");
    await expect(SessionPerformance.measure("ses_a", "b", async () => fails())).rejects.toThrow("own");
    expect(kept()).toEqual([
      ["a", false],
      ["b", false],
    ]);
  });
});

test.each(["../ses_a", "", "a/b", "nobody"])("of the session %j, which is none, nothing is known", (id) => {
  expect(SessionPerformance.getReport(id)).toBeNull();
  expect(SessionPerformance.getLive(id)).toBeNull();
  expect(SessionPerformance.getMetrics(id)).toEqual([]);
  expect([existsSync(folder), id !== "nobody" && SessionPerformance.record(id, { type: "a", durationMs: 1 })]).toEqual([
    false,
    false,
  ]);
});

test("with saveReports false no report is saved, and what is live is still told", async () => {
  const hooks = await Sessionflame({}, { performance: { enabled: true, saveReports: false } });
  const input = { tool: "read", sessionID: "ses_a", callID: "c" };
  await hooks["tool.execute.before"](input, { args: {} });
  await hooks["tool.execute.after"](input, { output: "" });
  await hooks.dispose();
  expect(readdirSync(folder)).toEqual(["ses_a.jsonl"]);
  expect(SessionPerformance.getReport("ses_a")).toBeNull();
  expect(SessionPerformance.getLive("ses_a")?.totalOperations).toBe(1);
});
