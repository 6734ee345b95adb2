import { describe, expect, test } from "vitest";
import { ofProject, type StatsFilter, stats } from "../../src/analyze/stats.js";
import type { SessionTally } from "../../src/model/tally.js";
import { countsOf, tallyOf } from "../support/tally-text.js";

const ALL: StatsFilter = { days: null, since: null, project: null };
const DAY_MS = 86_400_000;
const ofTokens = (...tokens: number[]) =>
  tokens.map((input, i) => tallyOf({ id: `ses_${i}`, all: countsOf(1, input) }));
const perSession = (tallies: readonly SessionTally[]) => {
  const { meanTokensPerSession, medianTokensPerSession } = stats(tallies, ALL).asOpencode;
  return [meanTokensPerSession, medianTokensPerSession];
};

describe("tokens a session", () => {
  test("the median of an even count lies between the two in the middle", () => {
    expect(perSession(ofTokens(9, 1, 3, 4))).toEqual([4.25, 3.5]);
    expect(perSession(ofTokens(9, 1, 3))).toEqual([13 / 3, 3]);
    expect(perSession([])).toEqual([0, 0]);
  });

  test("hold the cache and the reasoning, but under the rule of 1.0 not the cache", () => {
    const more = { cacheRead: 100, cacheWrite: 10, output: 5, reasoning: 2 };
    const tally = tallyOf({ all: countsOf(1, 1_000, 0, more) });
    expect(perSession([tally])).toEqual([1_117, 1_117]);
    expect(perSession([{ ...tally, rule: "1.0" }])).toEqual([1_007, 1_007]);
  });
});

test("the newest rule counts for all, also where its sessions are filtered away", () => {
  const tallies = [
    tallyOf({ rule: "1.0" }),
    tallyOf({ rule: "1.15", directory: "/elsewhere" }),
    tallyOf({ rule: "1.1" }),
  ];
  expect(stats(tallies, ALL).rule).toBe("1.15");
  expect(stats(tallies, { ...ALL, project: "/p" }).rule).toBe("1.15");
  expect(stats([...tallies, tallyOf({ rule: "2" })], ALL).rule).toBe("2");
});

describe("days", () => {
  const lasting = (ms: number) => [tallyOf({ createdAt: 5 * DAY_MS, updatedAt: 5 * DAY_MS + ms })];
  const daysOf = (tallies: readonly SessionTally[], days: number | null = null) =>
    stats(tallies, { ...ALL, days }).asOpencode.days;

  test("begun ones count whole; at least one where there is a session", () => {
    expect([0, 1, DAY_MS, DAY_MS + 1].map((ms) => daysOf(lasting(ms)))).toEqual([1, 1, 1, 2]);
    expect(daysOf([])).toBe(0);
  });

  test("are those asked for, and what a day cost is the cost divided by them", () => {
    expect([daysOf(lasting(9), 30), daysOf([], 30), daysOf([], 0)]).toEqual([30, 30, 1]);
    const { costUsd, costPerDayUsd } = stats([tallyOf({ all: countsOf(1, 0, 3) })], { ...ALL, days: 30 }).asOpencode;
    expect([costUsd, costPerDayUsd]).toEqual([3, 0.1]);
  });
});

test("a session counts whole if it was changed at that time or later", () => {
  const tallies = [9, 10, 11].map((updatedAt) => tallyOf({ updatedAt, all: countsOf(1) }));
  expect(stats(tallies, { ...ALL, days: 1, since: 10 }).asOpencode).toMatchObject({ sessions: 2, messages: 2 });
});

test("a project is an id, else a folder with what lies in it, whatever its separators", () => {
  const at = (directory: string, projectId: string | null = null) => tallyOf({ id: directory, directory, projectId });
  const tallies = [at("/a", "one"), at("/a/b", "two"), at("/ab", "two"), at("C:\\a\\b")];
  const found = (project: string) => ofProject(tallies, project).map(({ id }) => id);
  expect(found("two")).toEqual(["/a/b", "/ab"]);
  expect(found("/a")).toEqual(["/a", "/a/b"]);
  expect(found("/a/")).toEqual(["/a", "/a/b"]);
  expect(found("C:\\a")).toEqual(["C:\\a\\b"]);
  expect(found("/")).toEqual(["/a", "/a/b", "/ab"]);
  expect(found("/b")).toEqual([]);
});

test("copies count on the one side alone, and a session of nothing but copies is none on the other", () => {
  const fork = { all: countsOf(3, 30, 3), own: countsOf(1, 10, 1) };
  const tallies = [
    tallyOf({ id: "original", all: countsOf(2, 20, 2) }),
    tallyOf({ id: "fork", ...fork, models: [{ model: "m", ...fork }] }),
    tallyOf({
      id: "copy",
      isCopy: true,
      all: countsOf(2, 20, 2),
      own: countsOf(0),
      createdAt: 0,
      updatedAt: 9 * DAY_MS,
    }),
  ];
  const { asOpencode, withoutCopies, models } = stats(tallies, ALL);
  expect(asOpencode).toMatchObject({ sessions: 3, messages: 7, costUsd: 7, days: 9, medianTokensPerSession: 20 });
  expect(withoutCopies).toMatchObject({ sessions: 2, messages: 3, costUsd: 3, days: 1, medianTokensPerSession: 15 });
  expect(models).toEqual([{ model: "m", asOpencode: fork.all, withoutCopies: fork.own }]);
});

describe("tools", () => {
  const called = (tool: string, durationsMs: readonly number[], more: object = {}) => {
    const calls = durationsMs.length;
    return tallyOf({ tools: [{ tool, calls, ownCalls: calls, errors: 0, durationsMs, ...more }] });
  };

  test("sum over sessions, most calls first, with their share of all", () => {
    const tallies = [called("read", [10]), called("bash", [30, 20], { errors: 1 }), called("read", [40, 50])];
    expect(stats(tallies, ALL).tools).toMatchObject([
      { tool: "read", calls: 3, share: 0.6, errors: 0, timed: 3, totalMs: 100, p50Ms: 40 },
      { tool: "bash", calls: 2, share: 0.4, errors: 1, timed: 2, totalMs: 50, p50Ms: 25 },
    ]);
  });

  test("no p95 under 20 timed calls, no p50 without one", () => {
    const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
    const [none, few, enough] = [0, 19, 20].map((n) => stats([called("a", upTo(n), { calls: 99 })], ALL).tools[0]);
    expect([none?.p50Ms, none?.p95Ms, none?.share]).toEqual([null, null, 1]);
    expect([few?.p50Ms, few?.p95Ms]).toEqual([10, null]);
    expect([enough?.p50Ms, enough?.p95Ms]).toEqual([10.5, 19.1]);
  });
});
