import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUDGET_NAMES, BUDGETS, type BudgetName, type Budgets, check } from "../../../src/analyze/budgets/index.js";
import { analyze } from "../../../src/analyze/index.js";
import type { BudgetResult } from "../../../src/model/check.js";
import type { Report, ReportSpan } from "../../../src/model/report.js";
import { BUDGET_ID } from "../../../src/report/budget-id.js";
import { loadRoots, loadTitled, RECORDED, recordedPath, SCENARIOS } from "../../support/fixtures.js";
import { sessionFromStory } from "../../support/story-text.js";

const STORY = `
  turn 0..9000
    step 0..4000 first:800 prompt:9000 cached:6000 out:40 cost:0.01
      read src/a.ts 1600..1900
      read src/b.ts 1900..2000 error
    step 4000..9000 prompt:9400 cached:9000 out:60 cost:0.02`;
const report = analyze(sessionFromStory(STORY), "test");
const limited: Report = {
  ...report,
  tokens: {
    ...report.tokens,
    composition: report.tokens.composition.map((row) => ({ ...row, contextLimit: 20_000 })),
  },
};

function withBudgets(asked: Partial<Budgets>): Budgets {
  return { limits: {}, p95Ms: new Map(), regression: null, allowsUnknown: false, ...asked };
}

function resultOf(name: BudgetName, limit: number, of: Report = limited): BudgetResult {
  return check(of, withBudgets({ limits: { [name]: limit } })).budgets[0] as BudgetResult;
}

const summed = (fields: Partial<Report["summary"]>): Report => ({
  ...report,
  summary: { ...report.summary, ...fields },
});

/** Of each budget a Report in which its figure is not known. */
const UNKNOWN: Readonly<Record<BudgetName, Report>> = {
  maxWall: summed({ messages: 0 }),
  maxActive: summed({ messages: 0 }),
  maxCost: summed({ costUsd: null, costBasis: "no-price" }),
  maxTokens: summed({ tokens: { ...report.summary.tokens, total: 0 } }),
  maxToolErrors: summed({ toolCalls: 0, toolErrors: 0 }),
  minCacheHits: summed({ tokens: { ...report.summary.tokens, uncachedInput: 0, cacheRead: 0, cacheWrite: 0 } }),
  maxContext: report,
};

describe.each(BUDGET_NAMES)("%s", (name) => {
  const { value } = BUDGETS[name].figure(limited) as { value: number };
  const worse = BUDGETS[name].bound === "at-most" ? -1 : 1;

  test("passes at exactly the figure, and at every limit beyond it", () => {
    expect(value).toBeGreaterThan(0);
    expect(resultOf(name, value)).toMatchObject({ status: "passed", actual: value, limit: value });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (more) => {
        expect(resultOf(name, value - worse * more).status).toBe("passed");
      }),
    );
  });

  test("fails at every limit just on the other side", () => {
    expect(resultOf(name, value * (1 + worse * Number.EPSILON)).status).toBe("failed");
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (less) => {
        expect(resultOf(name, value + worse * less).status).toBe("failed");
      }),
    );
  });

  test("never passes without a figure, whatever the limit, and says why", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1e12, noNaN: true }), (limit) => {
        expect(resultOf(name, limit, UNKNOWN[name])).toMatchObject({
          ...{ status: "unknown", actual: null, remark: expect.stringMatching(/\w/) },
        });
      }),
    );
  });
});

describe("a figure of which a part is not known", () => {
  const crashed = (ms: number): Report => ({
    ...report,
    time: {
      ...report.time,
      ledger: report.time.ledger.map((row) => (row.state === "unknown" ? { ...row, ms } : row)),
    },
  });
  const { activeMs } = report.summary;

  test("passes only where what is missing fits in too", () => {
    expect(resultOf("maxActive", activeMs + 500, crashed(500)).status).toBe("passed");
    expect(resultOf("maxActive", activeMs + 499, crashed(500))).toMatchObject({
      ...{ status: "unknown", actual: activeMs, remark: "at least: for 500\u00a0ms nothing is recorded" },
    });
    expect(resultOf("maxActive", activeMs - 1, crashed(500)).status).toBe("failed");
  });

  test("is a cost with calls that have no price", () => {
    const byMessage = report.tokens.byMessage.map((row, i) =>
      i === 1 ? { ...row, costBasis: "no-price" as const } : row,
    );
    const unpriced = { ...report, tokens: { ...report.tokens, byMessage } };
    expect(resultOf("maxCost", 1, unpriced)).toMatchObject({
      ...{ status: "unknown", actual: 0.03, remark: "at least: 1 call without a price" },
    });
    expect(resultOf("maxCost", 0.02, unpriced).status).toBe("failed");
  });

  test("is a largest prompt beside calls of models without a known limit", () => {
    const composition = limited.tokens.composition.map((row, i) => (i === 0 ? { ...row, contextLimit: null } : row));
    const half = { ...report, tokens: { ...report.tokens, composition } };
    expect(resultOf("maxContext", 0.9, half)).toMatchObject({
      ...{ status: "unknown", actual: 0.47, remark: "at least: no context limit is known of p/m" },
    });
    expect(resultOf("maxContext", 0.4, half).status).toBe("failed");
  });

  test("is a largest prompt beside an answer that was not counted", () => {
    const byMessage = report.tokens.byMessage.map((row, i) => (i === 1 ? { ...row, tokens: null } : row));
    const uncounted = { ...limited, tokens: { ...limited.tokens, byMessage } };
    expect(resultOf("maxContext", 1, uncounted)).toMatchObject({
      ...{ status: "unknown", remark: "at least: 1 answer without a count of tokens" },
    });
  });

  test.each([
    ["1.18.34 parallel-agents export", "2 subagents not in the data"],
    ["1.18.34 faults", "2 answers without a count of tokens"],
  ])("is what %s took", async (name, why) => {
    const sessions = await loadRoots(recordedPath(name));
    const remarks = sessions.flatMap((session) => {
      const { budgets } = check(analyze(session, "test"), withBudgets({ limits: { maxTokens: 1e9, maxCost: 1e9 } }));
      return budgets.filter(({ status }) => status === "unknown").map(({ remark }) => remark);
    });
    expect(remarks).toEqual(expect.arrayContaining([`at least: ${why}`]));
  });

  test("a subagent is missed in a database only where the notes say so too", async () => {
    for (const { path } of RECORDED.filter(({ kind }) => kind === "database"))
      for (const session of await loadRoots(path)) {
        const of = analyze(session, "test");
        const isNoted = of.notes.some(({ text }) => /subagents? (is|are) not in the data/.test(text));
        expect(BUDGETS.maxTokens.figure(of).remark.includes("not in the data")).toBe(isNoted);
      }
  });

  test("a subagent in the background is not missed", () => {
    const story = `
      turn 0..9000
        step 0..9000 prompt:9000 out:40
          task 100..200 on:look
            subagent 120..190 asks:3
              step 120..190 prompt:100 out:5`;
    const of = analyze(sessionFromStory(story), "test");
    const task = of.spans.findIndex(({ tool }) => tool === "task");
    const startedBy = of.spans[task]?.callId as string;
    const inTask = of.spans.filter(({ kind }) => kind === "subagent");
    const moved = (span: ReportSpan) => (inTask.includes(span) ? { ...span, parent: 0, startedBy } : span);
    const without = (span: ReportSpan) => (inTask.includes(span) ? { ...span, kind: "step" as const } : span);
    expect(BUDGETS.maxTokens.figure({ ...of, spans: of.spans.map(moved) }).remark).toBe("");
    expect(BUDGETS.maxTokens.figure({ ...of, spans: of.spans.map(without) }).remark).toContain("1 subagent");
  });
});

test("a session in which no model was called took no tokens and cost nothing, which is known", async () => {
  const shell = analyze(await loadTitled(SCENARIOS, "shell"), "test");
  const none = { status: "passed", actual: 0, remark: "no model was called" };
  for (const name of ["maxTokens", "maxCost"] as const) expect(resultOf(name, 0, shell)).toMatchObject(none);
});

test("of a session without a message, which may have been deleted, neither tokens nor cost are known", () => {
  const empty = analyze(sessionFromStory(""), "test");
  for (const name of ["maxTokens", "maxCost"] as const)
    expect(resultOf(name, 1e9, empty)).toMatchObject({ status: "unknown", actual: null });
});

test("a command may have started a subagent that is not in the data: then more may be true", () => {
  const story = `
    turn 0..9000
      step 0..9000
        task 100..200 on:look`;
  const task = analyze(sessionFromStory(story), "test");
  const spans = task.spans.filter(({ kind }) => kind !== "model");
  const tokens = { ...task.summary.tokens, total: 0 };
  const of = { ...task, spans, summary: { ...task.summary, tokens, costUsd: null, costBasis: null } };
  for (const name of ["maxTokens", "maxCost"] as const)
    expect(resultOf(name, 1e9, of)).toMatchObject({
      ...{ status: "unknown", actual: 0, remark: "at least: 1 subagent not in the data" },
    });
});

test("of models that were called and not counted nothing is known", async () => {
  const crash = analyze(await loadTitled(SCENARIOS, "crash"), "test");
  expect(resultOf("maxTokens", 1e9, crash)).toMatchObject({ status: "unknown", remark: "no tokens were counted" });
  expect(resultOf("maxCost", 1e9, crash)).toMatchObject({ status: "unknown", remark: "no cost is recorded" });
});

test("a recorded 0 passes as a cost, and the remark says what it means", () => {
  expect(resultOf("maxCost", 0, summed({ costUsd: 0, costBasis: "free" }))).toMatchObject({
    ...{ status: "passed", actual: 0, remark: "recorded (subscription or free)" },
  });
});

describe("the p95 of a tool", () => {
  const p95 = (of: Report, tool: string, ms: number) =>
    check(of, withBudgets({ p95Ms: new Map([[tool, ms]]) })).budgets[0] as BudgetResult;
  const reads = (count: number) =>
    analyze(
      sessionFromStory(
        `turn 0..9000\n  step 0..9000 prompt:9000 out:40\n${Array.from({ length: count }, (_, i) => `    read src/${i}.ts ${i * 100}..${i * 100 + 10}`).join("\n")}`,
      ),
      "test",
    );

  test("is held against a limit from 20 calls on", () => {
    expect(p95(reads(20), "read", 10)).toMatchObject({ id: "tool-p95:read", status: "passed", remark: "of 20 calls" });
    expect(p95(reads(20), "read", 9.9).status).toBe("failed");
    expect(p95(reads(19), "read", 10)).toMatchObject({
      ...{ status: "unknown", actual: null, remark: "19 calls with a known duration, a p95 takes 20" },
    });
  });

  test("of a tool that was not called is unknown, and at strict its name may be another", () => {
    expect(p95(report, "bash", 10)).toMatchObject({ status: "unknown", remark: "not called" });
    const strict = { ...report, redaction: { level: "strict" as const, credentials: [] } };
    expect(p95(strict, "bash", 10).remark).toContain("--redact strict");
  });

  test("is never that of a model of the same name", () => {
    const model = report.time.operations.find(({ kind }) => kind === "model")?.operation ?? "";
    expect(p95(report, model, 1e9).remark).toBe("not called");
  });
});

test("what failed stands first, then what is unknown", () => {
  const limits = { maxWall: 1e9, maxActive: 1, maxContext: 1, maxTokens: 1e9, maxCost: 0 };
  const { budgets, ok } = check(report, withBudgets({ limits }));
  expect(budgets.map(({ id, status }) => `${status} ${id}`)).toEqual([
    ...["failed active-time", "failed cost", "unknown context", "passed wall-time", "passed tokens"],
  ]);
  expect(ok).toBe(false);
});

test("a check is good with an unknown figure only where that is allowed, and never with one that failed", () => {
  const unknown = { maxWall: 1e9, maxContext: 1 };
  expect(check(report, withBudgets({ limits: unknown })).ok).toBe(false);
  expect(check(report, withBudgets({ limits: unknown, allowsUnknown: true })).ok).toBe(true);
  expect(check(report, withBudgets({ limits: { maxWall: 1 }, allowsUnknown: true })).ok).toBe(false);
});

test("unknown figures may be allowed one by one", () => {
  const asked = (...ids: readonly string[]) =>
    check(
      report,
      withBudgets({
        limits: { maxContext: 1 },
        p95Ms: new Map([
          ["read", 1],
          ["bash", 1],
        ]),
        allowsUnknown: new Set(ids),
      }),
    );
  expect(asked("context", "tool-p95:read", "tool-p95:bash").ok).toBe(true);
  const { ok, allowsUnknown, budgets } = asked("context", "tool-p95:bash", "cost");
  expect([ok, allowsUnknown]).toEqual([false, false]);
  expect(budgets.map((result) => [result.id, result.allowsUnknown])).toEqual([
    ["tool-p95:read", false],
    ["context", true],
    ["tool-p95:bash", true],
  ]);
});

test("every budget can be named by its id, and by nothing else", () => {
  const limits = Object.fromEntries(BUDGET_NAMES.map((name) => [name, 1]));
  const p95Ms = new Map([["read", 1]]);
  const regression = { baseline: report, most: 0 };
  const { budgets } = check(report, withBudgets({ limits, p95Ms, regression }));
  expect(budgets.filter(({ id }) => !BUDGET_ID.test(id))).toEqual([]);
  expect(budgets).toHaveLength(BUDGET_NAMES.length + 1 + 5);
  for (const id of ["", "Cost", "costs", "maxCost", "p95:bash", "tool-p95", "regression:", "regression:cache-hits"])
    expect(BUDGET_ID.test(id)).toBe(false);
});
