import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { oldFiles, removeOldFiles } from "../../src/recorder/old-files.js";
import { isRecordingName, isReportName } from "../../src/recorder/recordings-folder.js";
import { repeated } from "../../src/recorder/timers.js";
import { folderWith } from "../support/folder-with.js";

const DAY = 86_400_000;
const keep = { ageMs: 30 * DAY, count: 3, atATime: 2 };
const NOW = 1000 * DAY;
const aged = (...days: readonly number[]) => days.map((age) => ({ name: `${age}`, changedAt: NOW - age * DAY }));

describe("old recordings", () => {
  test("are those of more than 30 days, the oldest first", () => {
    expect(oldFiles(aged(1, 40, 31, 30), NOW, { ...keep, count: 9 })).toEqual(["40", "31"]);
  });

  test("are those beyond a count", () => {
    expect(oldFiles(aged(1, 2, 3, 4), NOW, keep)).toEqual(["4"]);
    expect(oldFiles(aged(1, 2, 3), NOW, keep)).toEqual([]);
  });

  test("go a few at a time", () => {
    expect(oldFiles(aged(50, 51, 52, 53), NOW, keep)).toEqual(["53", "52"]);
  });

  test("stay where a clock went back", () => {
    expect(oldFiles(aged(-100, -1), NOW, keep)).toEqual([]);
  });
});

test("only recordings are removed, and what cannot be looked at is left alone", async () => {
  const names = ["ses_a.jsonl", "ses_b.1.jsonl", "ses_new.jsonl", "notes.txt", "report.json", "a.b.jsonl"];
  const folder = folderWith(Object.fromEntries(names.map((name) => [name, "x"])));
  for (const name of names.filter((name) => name !== "ses_new.jsonl")) utimesSync(join(folder, name), 1, 1);
  mkdirSync(join(folder, "ses_folder.jsonl"));
  symlinkSync("nowhere", join(folder, "ses_link.jsonl"));
  await removeOldFiles(folder, isRecordingName, Date.now());
  expect(readdirSync(folder).sort()).toEqual(
    ["a.b.jsonl", "notes.txt", "report.json", "ses_folder.jsonl", "ses_link.jsonl", "ses_new.jsonl"].sort(),
  );
  await removeOldFiles(join(folder, "gone"), isRecordingName, Date.now());
  expect(existsSync(join(folder, "gone"))).toBe(false);
});

test("what is repeated waits first, never runs twice at once, survives a failure and stops", async () => {
  vi.useFakeTimers();
  let running = 0;
  const most: number[] = [];
  const stop = repeated(
    async () => {
      most.push(++running);
      await new Promise((done) => setTimeout(done, 25));
      running--;
      throw new Error("no");
    },
    100,
    10,
  );
  await vi.advanceTimersByTimeAsync(99);
  expect(most).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(most).toEqual([1, 1, 1]);
  stop();
  await vi.advanceTimersByTimeAsync(100);
  expect([most.length, vi.getTimerCount()]).toEqual([3, 0]);
  vi.useRealTimers();
});

test.each([
  ["ses_a.json", true],
  ["ses_a.json.123.tmp", true],
  ["ses_a.jsonl", false],
  ["notes.md", false],
])("of %s it is %j that it is a saved report, or was about to become one", (name, isOurs) => {
  expect(isReportName(name)).toBe(isOurs);
});
