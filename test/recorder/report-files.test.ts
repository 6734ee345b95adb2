import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RecordingLine } from "../../src/model/recording.js";
import { reportPath, reportsFolder } from "../../src/recorder/recordings-folder.js";
import { ReportFiles, type ReportFilesOptions, savedReportAt } from "../../src/recorder/report-files.js";
import { temporaryFolder } from "../support/fixtures.js";

const tool = (sessionId = "ses_a", durationMs = 5): RecordingLine => ({
  ...{ kind: "tool", at: 100, sessionId, tool: "read", messageId: null, callId: "c", startedAt: 95, durationMs },
  ...{ ok: true, inputBytes: 1, outputBytes: 2 },
});
const status = (status: "idle" | "busy" | "deleted", sessionId = "ses_a"): RecordingLine => {
  return { kind: "status", at: 100, sessionId, status };
};

function testReports(options: Partial<ReportFilesOptions> = {}) {
  const warnings: string[] = [];
  const folder = temporaryFolder();
  const all = { folder, maxMetrics: 1000, warn: (message: string) => warnings.push(message), ...options };
  const reports = new ReportFiles(all);
  const add = (...lines: readonly RecordingLine[]) => {
    for (const line of lines) reports.add(line);
  };
  return { folder: all.folder, reports, add, warnings };
}

const countIn = (folder: string, sessionId = "ses_a") =>
  savedReportAt(reportPath(folder, sessionId))?.totalOperations ?? null;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a report", () => {
  test("is saved a moment after its session is idle, once for all that comes in that moment", () => {
    const { folder, add } = testReports();
    add(tool(), status("idle"), status("busy"), tool(), status("idle"));
    expect([existsSync(reportsFolder(folder)), vi.getTimerCount()]).toEqual([false, 1]);
    vi.advanceTimersByTime(1_000);
    expect([countIn(folder), vi.getTimerCount()]).toEqual([2, 0]);
    expect(readdirSync(reportsFolder(folder))).toEqual(["ses_a.json"]);
  });

  test("adds up over turns, and over processes one after the other", () => {
    const { folder, add } = testReports();
    for (let turn = 0; turn < 3; turn++) {
      add(tool(), status("idle"));
      vi.advanceTimersByTime(1_000);
    }
    const next = testReports({ folder });
    next.add(tool("ses_a", 9));
    next.reports.dispose();
    expect(savedReportAt(reportPath(folder, "ses_a"))).toMatchObject({
      ...{ version: 1, sessionId: "ses_a", totalOperations: 4, maxLatency: 9, averageLatency: 6 },
      metrics: [5, 5, 5, 9].map((durationMs) => ({ type: "tool-execution", durationMs })),
    });
  });

  test("is saved when its session is given up, and at the end", () => {
    const { folder, reports, add } = testReports();
    add(tool("ses_a"), tool("ses_b"));
    reports.close("ses_a");
    vi.advanceTimersByTime(1_000);
    expect([countIn(folder, "ses_a"), countIn(folder, "ses_b")]).toEqual([1, null]);
    reports.dispose();
    expect([countIn(folder, "ses_b"), vi.getTimerCount()]).toEqual([1, 0]);
  });

  test("goes with its session, also where it was about to be saved", () => {
    const { folder, add } = testReports();
    add(tool(), status("idle"));
    vi.advanceTimersByTime(1_000);
    add(tool(), status("idle"), status("deleted"));
    vi.advanceTimersByTime(1_000);
    expect([readdirSync(reportsFolder(folder)), vi.getTimerCount()]).toEqual([[], 0]);
  });

  test("of a session without an operation is none", () => {
    const { folder, add } = testReports();
    add(status("busy"), status("idle"));
    vi.advanceTimersByTime(1_000);
    expect(existsSync(reportsFolder(folder))).toBe(false);
  });

  test("keeps at most what the settings say", () => {
    const { folder, reports, add } = testReports({ maxMetrics: 1000 });
    for (let i = 0; i < 2_500; i++) add(tool());
    reports.dispose();
    const saved = savedReportAt(reportPath(folder, "ses_a"));
    expect([saved?.totalOperations, saved?.metrics.length]).toEqual([2_500, 1_000]);
  });

  test("is for this user alone", () => {
    const { folder, reports, add } = testReports();
    add(tool());
    reports.dispose();
    const paths = [reportsFolder(folder), reportPath(folder, "ses_a")];
    expect(paths.map((path) => statSync(path).mode & 0o077)).toEqual([0, 0]);
  });

  test("that was damaged is made anew", () => {
    const { folder, reports, add } = testReports();
    mkdirSync(reportsFolder(folder), { recursive: true });
    writeFileSync(reportPath(folder, "ses_a"), '{"version":1,"totalOpe');
    add(tool());
    reports.dispose();
    expect(countIn(folder)).toBe(1);
  });
});

test("where many operations of sessions that are never idle are in memory, all are saved", () => {
  const { folder, add } = testReports();
  for (let i = 0; i < 5_000; i++) add(tool(`ses_${i % 50}`));
  expect([readdirSync(reportsFolder(folder)).length, countIn(folder, "ses_0")]).toEqual([50, 100]);
});

test("what cannot be removed is told once, and the session goes on to be forgotten", () => {
  const { folder, add, warnings } = testReports();
  mkdirSync(join(reportPath(folder, "ses_a"), "taken"), { recursive: true });
  add(status("deleted"), status("deleted"));
  expect(warnings).toEqual([expect.stringContaining("saves no more reports")]);
});

test("what cannot be written is told once, and not tried again", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "session"), "a file in the folder's place");
  const { reports, add, warnings } = testReports({ folder });
  add(tool("ses_a"), tool("ses_b"));
  reports.saveAll();
  add(tool("ses_c"));
  reports.dispose();
  expect(warnings).toEqual([expect.stringMatching(/^Sessionflame saves no more reports: .* \(E\w+\)\.$/)]);
  expect(readFileSync(join(folder, "session"), "utf8")).toBe("a file in the folder's place");
});
