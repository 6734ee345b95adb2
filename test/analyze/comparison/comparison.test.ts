import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparison } from "../../../src/analyze/comparison/index.js";
import { analyze } from "../../../src/analyze/index.js";
import type { ComparisonReport, Difference } from "../../../src/model/comparison.js";
import type { Report } from "../../../src/model/report.js";
import { compared, reportOf } from "../../support/compared.js";
import { loadRoots, RECORDED } from "../../support/fixtures.js";
import { stories } from "../../support/random-stories.js";
import { redacted } from "../../support/redacted.js";
import { sessionFromText } from "../../support/session-text.js";

const RUNS = { numRuns: 40 };
const reports = stories.map(reportOf);

/** Of numbers with nine digits after the point. */
function expectDifference(figure: Difference, a: number | null, b: number | null): void {
  expect([figure.a, figure.b]).toEqual([a, b]);
  if (a === null || b === null) expect(figure.difference).toBe(null);
  else expect(figure.difference).toBeCloseTo(b - a, 8);
}

/** The same from the reports themselves: of whole figures to the last digit. */
function expectExact({ a, b, difference }: Difference): void {
  if (Number.isInteger(a) && Number.isInteger(b)) expect(difference).toBe((b as number) - (a as number));
}

function expectTables(found: ComparisonReport, a: Report, b: Report): void {
  for (const { state, ms } of found.ledger) {
    const [before, after] = [a, b].map(({ time }) => time.ledger.find((row) => row.state === state)) as [Row, Row];
    expectDifference(ms, before.ms, after.ms);
  }
  for (const { tool, calls, errors, totalMs, carriedTokens } of found.tools) {
    const [before, after] = [a, b].map(({ time }) =>
      time.operations.find(({ kind, operation }) => kind === "tool" && operation === tool),
    );
    expectDifference(calls, before?.count ?? 0, after?.count ?? 0);
    expectDifference(errors, before?.errors ?? 0, after?.errors ?? 0);
    const msOf = (row = before) => (row && row.timed === 0 ? null : (row?.totalMs ?? 0));
    expectDifference(totalMs, msOf(before), after ? msOf(after) : 0);
    const [carriedA, carriedB] = [a, b].map(({ tokens }) => tokens.byTool.find(({ name }) => name === tool));
    expectDifference(carriedTokens, carriedA?.carriedTokens ?? 0, carriedB?.carriedTokens ?? 0);
  }
  for (const { file, kind, reads, carriedTokens } of found.files) {
    const [before, after] = [a, b].map(({ tokens }) =>
      tokens.byFile.find((row) => row.file === file && row.kind === kind),
    );
    expectDifference(reads, before?.reads ?? 0, after?.reads ?? 0);
    expectDifference(carriedTokens, before?.carriedTokens ?? 0, after?.carriedTokens ?? 0);
  }
}

type Row = Report["time"]["ledger"][number];

describe("two sessions", () => {
  test("every difference is B minus A of what the two reports say", () => {
    fc.assert(
      fc.property(reports, reports, (a, b) => {
        const found = compared([a], [b]);
        const { summary } = found;
        expectDifference(summary.wallMs, a.summary.wallMs, b.summary.wallMs);
        expectDifference(summary.activeMs, a.summary.activeMs, b.summary.activeMs);
        expectDifference(summary.totalTokens, a.summary.tokens.total, b.summary.tokens.total);
        expectDifference(summary.costUsd, a.summary.costUsd, b.summary.costUsd);
        Object.values(summary).forEach(expectExact);
        expectTables(found, a, b);
      }),
      RUNS,
    );
  });

  test("the tables have a row for everything that either report has, and their sums differ as the reports do", () => {
    fc.assert(
      fc.property(reports, reports, (a, b) => {
        const { tools, files, turns, summary } = compared([a], [b]);
        const sum = (figures: readonly Difference[]) =>
          figures.reduce((all, { difference }) => all + (difference ?? 0), 0);
        expect(sum(tools.map(({ calls }) => calls))).toBe(b.summary.toolCalls - a.summary.toolCalls);
        const carried = ({ tokens }: Report) => tokens.byFile.reduce((all, row) => all + row.carriedTokens, 0);
        expect(sum(files.map(({ carriedTokens }) => carriedTokens))).toBe(carried(b) - carried(a));
        expect(sum((turns ?? []).map(({ tokens }) => tokens))).toBe(summary.totalTokens.difference);
        const ofTurns = ({ spans }: Report) =>
          spans.reduce((all, { kind, startMs, endMs }) => all + (kind === "turn" ? endMs - startMs : 0), 0);
        expect(sum((turns ?? []).map(({ ms }) => ms))).toBe(ofTurns(b) - ofTurns(a));
      }),
      RUNS,
    );
  });

  test("seen from the other side every difference has the other sign", () => {
    fc.assert(
      fc.property(reports, reports, (a, b) => {
        const [there, back] = [compared([a], [b]), compared([b], [a])];
        for (const [name, { difference }] of Object.entries(there.summary))
          expect(back.summary[name as keyof typeof back.summary].difference).toBe(negative(difference));
        expect(back.onlyIn).toEqual({ a: there.onlyIn.b, b: there.onlyIn.a });
        const names = (rows: ComparisonReport["tools"]) => rows.map(({ tool }) => tool);
        expect(names(back.tools)).toEqual(names(there.tools));
      }),
      RUNS,
    );
  });

  test("a session differs from itself in nothing, and a note says that it is the same", () => {
    fc.assert(
      fc.property(reports, (report) => {
        const { largest, summary, tools, onlyIn, notes } = compared([report], [report]);
        expect(largest).toEqual([]);
        expect(Object.values(summary).every(({ difference }) => !difference)).toBe(true);
        expect(tools.every(({ isIn }) => isIn === "both")).toBe(true);
        expect(Object.values(onlyIn.a).every((names) => names === null || names.length === 0)).toBe(true);
        expect(notes.map(({ text }) => text)).toContain("1 session of B is in A too.");
      }),
      RUNS,
    );
  });
});

function negative(difference: number | null): number | null {
  return difference === null ? null : 0 - difference;
}

describe("what is not known stays unknown, never 0", () => {
  const priced = reportOf("turn 0..900\n  step 0..900 prompt:100 out:10 cost:0.5");
  const unpriced = reportOf("turn 0..900\n  step 0..900 prompt:100 out:10");

  test("a cost that one side does not have", () => {
    expect(compared([unpriced], [priced]).summary.costUsd).toEqual({ a: null, b: 0.5, difference: null });
  });

  test("tokens that were not counted", () => {
    const uncounted = { ...priced, summary: { ...priced.summary, tokens: { ...priced.summary.tokens, total: 0 } } };
    expect(compared([uncounted], [priced]).summary.totalTokens).toEqual({ a: null, b: 110, difference: null });
  });

  test("a state that the source does not record", () => {
    const ledger = priced.time.ledger.map((row) =>
      row.state === "retrying" ? { ...row, basis: "unknown" as const } : row,
    );
    const unrecorded = { ...priced, time: { ...priced.time, ledger } };
    const retrying = (found: ComparisonReport) => found.ledger.find(({ state }) => state === "retrying")?.ms;
    expect(retrying(compared([unrecorded], [priced]))).toEqual({ a: null, b: 0, difference: null });
  });

  test("a step that is missing in a session of which no cost is known", () => {
    const longer = reportOf(
      "turn 0..900\n  step 0..400 prompt:100 out:10 cost:0.5\n  step 400..900 prompt:100 out:10 cost:0.5",
    );
    const steps = (found: ComparisonReport) => found.turns?.[0]?.steps.map(({ costUsd }) => costUsd.a);
    expect([steps(compared([unpriced], [longer])), steps(compared([priced], [longer]))]).toEqual([
      [null, null],
      [0.5, 0],
    ]);
  });

  test("the time of a tool none of whose calls ended", () => {
    const hanging = analyze(
      sessionFromText("session 0..900\n  turn 0..900\n    step 0..900\n      bash 100..? unfinished"),
      "test",
    );
    expect(compared([hanging], [priced]).tools[0]).toMatchObject({
      ...{ tool: "bash", isIn: "a", calls: { a: 1, b: 0, difference: -1 } },
      totalMs: { a: null, b: 0, difference: null },
    });
  });

  test("what a release before did not work out", () => {
    const tokens = { ...priced.tokens, byFile: [], byTool: [], composition: [] };
    const early = { ...priced, tokens, lacks: ["prompts", "suggestions", "skills"] as const };
    const { files, onlyIn } = compared([early], [priced]);
    const unknown = files.map(({ carriedTokens }) => [carriedTokens.a, carriedTokens.difference]);
    expect(new Set(unknown.map(String))).toEqual(new Set([","]));
    expect(onlyIn.a).toMatchObject({ files: null, suggestions: null, skills: null, tools: [] });
    expect(onlyIn.b).toMatchObject({ files: null, suggestions: null, skills: null, tools: [] });
  });
});

describe("what only one has", () => {
  const before = reportOf(`
    turn 0..2000 asks:4
      step 0..2000 prompt:100 out:10
        read src/a.ts 900..1000 gives:100
        bash 1000..1900 on:npm_test exit:0
  `);
  const after = reportOf(`
    turn 0..3000 asks:4
      step 0..1000 prompt:100 out:10
        read src/b.ts 900..990 gives:100
      step 1000..3000 prompt:300 out:10
        grep 1900..2900 on:needle
  `);

  test("is named, by kind", () => {
    const { onlyIn } = compared([before], [after]);
    expect(onlyIn.a).toMatchObject({
      tools: [{ name: "bash", sessions: 1 }],
      commands: [{ name: "npm test", sessions: 1 }],
    });
    expect(onlyIn.b).toMatchObject({ tools: [{ name: "grep", sessions: 1 }], commands: [] });
    expect(onlyIn.b.files?.map(({ name }) => name)).toEqual(["src/b.ts"]);
  });

  test("took nothing on the other side, steps too", () => {
    const { tools, turns } = compared([before], [after]);
    expect(tools.map(({ tool, isIn }) => `${tool} ${isIn}`)).toEqual(["grep b", "bash a", "read both"]);
    expect(tools[1]).toMatchObject({
      totalMs: { a: 900, b: 0, difference: -900 },
      p50Ms: { a: 900, b: null, difference: null },
    });
    expect(turns?.map(({ isIn, ms }) => [isIn, ms.difference])).toEqual([["both", 1_000]]);
    expect(turns?.[0]?.steps.map(({ isIn, ms }) => [isIn, ms.difference])).toEqual([
      ["both", -1_000],
      ["b", 2_000],
    ]);
  });
});

describe("groups", () => {
  const ofLength = (ms: number) => reportOf(`turn 0..${ms}\n  step 0..${ms} prompt:100 out:10`);
  const group = (...lengths: readonly number[]) => lengths.map(ofLength);

  test("are held against each other by their medians", () => {
    const { summary, turns } = compared(group(100, 300, 200), group(500, 400));
    expect(summary.wallMs).toEqual({
      ...{ a: 200, b: 450, difference: 250 },
      test: { nA: 3, nB: 2, u: null, p: null, verdict: "too-few" },
    });
    expect(turns).toBe(null);
  });

  test("of five and more are tested", () => {
    const { summary } = compared(group(100, 200, 300, 400, 500), group(600, 700, 800, 900, 1_000));
    expect(summary.wallMs.test).toEqual({ nA: 5, nB: 5, u: 25, p: 0.007937, verdict: "more" });
    expect(summary.totalTokens.test?.verdict).toBe("none");
  });

  test("a figure counts in those sessions in which it is known, and n says in how many", () => {
    const priced = reportOf("turn 0..900\n  step 0..900 prompt:100 out:10 cost:0.5");
    const { costUsd } = compared([priced, ...group(100, 200)], [priced]).summary;
    expect(costUsd).toMatchObject({ a: 0.5, b: 0.5, difference: 0, test: { nA: 1, nB: 1 } });
  });

  describe("that name a session more than once", () => {
    const named = (id: string, ms: number): Report => {
      const report = ofLength(ms);
      return { ...report, session: { ...report.session, id } };
    };
    const generator = named("ses_a", 100).generator;
    const [first, second] = [named("ses_a", 100), named("ses_b", 200)];

    test("count it once: as many reports of it as one likes are no more sessions", () => {
      const five = Array(5).fill(first);
      const found = comparison(five, [second, named("ses_b", 200), second, second, second], generator);
      expect({ ...found, notes: [] }).toEqual({ ...comparison([first], [second], generator), notes: [] });
      const texts = found.notes.map(({ text }) => text);
      for (const side of ["A", "B"])
        expect(texts).toContain(
          `${side} names sessions more than once: 4 of its 5 reports are left out, so that each session counts once.`,
        );
    });

    test("take what was named first, and say where another report says something else", () => {
      const newer = { ...named("ses_a", 100), generator: { name: "sessionflame", version: "9.9.9" } as const };
      const found = comparison([first, second, newer, named("ses_a", 900)], [second], generator);
      expect(found.a.sessions.map(({ wallMs }) => wallMs)).toEqual([100, 200]);
      expect(found.notes.map(({ text }) => text)).toContain(
        "A names sessions more than once: 2 of its 4 reports are left out, so that each session counts once. 1 of them says something else than the one that is named first.",
      );
    });
  });

  test("the flame graph is the mean of a group", () => {
    const root = ({ flame }: ComparisonReport) => flame.nodes[0];
    expect(root(compared(group(100, 300), group(500)))).toMatchObject({ aMs: 200, bMs: 500 });
  });
});

describe("the differential flame graph", () => {
  test("has each node once, what lies in it is no more than it, and its root is all work", () => {
    fc.assert(
      fc.property(reports, reports, (a, b) => {
        const { nodes } = compared([a], [b]).flame;
        const keys = nodes.map(({ parent, name }) => `${parent} ${name}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const side of ["aMs", "bMs"] as const) {
          const within = nodes.map(() => 0);
          nodes.forEach((node, id) => {
            expect(node.parent).toBeLessThan(id);
            within[node.parent] = (within[node.parent] ?? 0) + node[side];
          });
          expect(nodes.filter((node, id) => (within[id] ?? 0) > node[side] + 1e-6)).toEqual([]);
        }
        expect(nodes[0]?.aMs).toBe(workMs(a));
        expect(nodes[0]?.bMs).toBe(workMs(b));
      }),
      RUNS,
    );
  });

  function workMs({ spans }: Report): number {
    const idle = new Set(["waiting-for-user", "unknown"]);
    const work = spans.filter(({ kind, state }) => kind !== "session" && kind !== "user" && !idle.has(state));
    return work.reduce((sum, { selfMs }) => sum + selfMs, 0);
  }
});

test("every recorded session can be compared with the one before it", async () => {
  let last: Report | null = null;
  for (const { path } of RECORDED) {
    for (const session of await loadRoots(path)) {
      const report = analyze(redacted(session, "paths"), "test");
      const found = comparison([last ?? report], [report], report.generator);
      expect(found.summary.wallMs.b).toBe(report.summary.wallMs);
      last = report;
    }
  }
});
