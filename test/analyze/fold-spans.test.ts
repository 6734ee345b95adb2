import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldSpans } from "../../src/analyze/fold-spans.js";
import { analyze } from "../../src/analyze/index.js";
import { readPageAssets } from "../../src/cli/package-files.js";
import { rows } from "../../src/flame/rows.js";
import { stacks } from "../../src/flame/stacks.js";
import type { Report, ReportSpan, State } from "../../src/model/report.js";
import { renderHtml } from "../../src/render/index.js";
import { decodedReport, encodedReport } from "../../src/report/codec.js";
import { spanFacts } from "../../src/report/span-facts.js";
import { loadRoots, RECORDED } from "../support/fixtures.js";
import { chainOfDrafts, spanDrafts } from "../support/random-spans.js";
import { sessionFromDrafts, sessionFromText } from "../support/session-text.js";

const DRAWN = `
  session 0..1000
    turn 0..400
      step 0..400
        model 0..100 first 90
        read 100..104 file /p/a.ts
        read 104..109 file /p/b.ts
        bash 109..400
    turn 600..1000
      step 600..1000
        model 600..603
        glob 603..605 on *.ts
        bash 605..1000
`;

const reportOf = (text: string) => analyze(sessionFromText(text), "test");
const names = ({ spans }: Report) => spans.map(({ kind, name }) => (kind === "tool" ? name : kind));

test("the shortest spans go, and what they lay in says so", () => {
  const report = reportOf(DRAWN);
  expect(names(report)).toHaveLength(14);
  const folded = foldSpans({ ...report, slowest: report.slowest.slice(0, 2) }, 11);
  expect(names(folded)).toEqual("session turn step model wait read bash user turn step bash".split(" "));
  expect(folded.spans.map((span) => span.folded)).toEqual([
    ...[undefined, undefined, { count: 1, selfMs: { "running-tools": 4 } }, ...Array(6).fill(undefined)],
    ...[{ count: 2, selfMs: { "waiting-for-model": 3, "running-tools": 2 } }, undefined],
  ]);
});

test("figures stay those of the whole session, and rows lead to what their span lay in", () => {
  const report = reportOf(DRAWN);
  const folded = foldSpans({ ...report, slowest: report.slowest.slice(0, 2) }, 11);
  expect(folded.time.toolCalls.map(({ target, spanId, durationMs }) => [target, spanId, durationMs])).toEqual([
    ["/p/a.ts", 2, 4],
    ["/p/b.ts", 5, 5],
    ["", 6, 291],
    ["*.ts", 9, 2],
    ["", 10, 395],
  ]);
  expect(folded.summary).toBe(report.summary);
  expect(folded.time.operations).toBe(report.time.operations);
  expect(folded.notes[0]?.text).toBe(
    "3 of 14 spans are folded into what they lay in, so that the charts stay quick: none of them took longer than 4\u00a0ms, all of them together 9\u00a0ms. Every total and every table counts them; only the charts have no bars for them.",
  );
});

test("a call goes with the waits in it: without them it would look as if it had worked all the time", () => {
  const folded = foldSpans({ ...reportOf(DRAWN), slowest: [] }, 9);
  expect(names(folded)).toEqual("session turn step bash user turn step bash".split(" "));
  expect(folded.spans[2]?.folded).toEqual({
    count: 4,
    selfMs: { generating: 10, "waiting-for-model": 90, "running-tools": 9 },
  });
});

test("what suggestions show goes last, session, turns and the slowest operations stay", () => {
  const report = reportOf(DRAWN);
  const glob = report.spans.findIndex(({ name }) => name === "glob");
  const suggestion = { evidence: [glob], title: "" } as unknown as Report["suggestions"][number];
  const shown = { ...report, slowest: report.slowest.slice(0, 1), suggestions: [suggestion] };
  expect(names(foldSpans(shown, 7))).toEqual("session turn user turn step glob bash".split(" "));
  const least = foldSpans(shown, 0);
  expect(names(least)).toEqual("session turn turn step bash".split(" "));
  expect(least.suggestions[0]?.evidence).toEqual([3]);
});

test("a Report that is small enough is left as it is", () => {
  const report = reportOf(DRAWN);
  expect(foldSpans(report, report.spans.length)).toBe(report);
});

/** What must hold however many spans are left. */
function expectFolded(report: Report, most: number): void {
  const folded = foldSpans(report, most);
  expect(folded.spans.reduce((sum, span) => sum + 1 + (span.folded?.count ?? 0), 0)).toBe(report.spans.length);
  expect(folded.spans.length).toBeLessThanOrEqual(Math.max(most, neededBy(report)));
  expect(timeByState(folded)).toEqual(timeByState(report));
  expectTree(folded);
  expect(withoutReferences(folded)).toEqual(withoutReferences(report));
  expectReferences(report, folded);
  expect(JSON.stringify(decodedReport(encodedReport(folded)))).toBe(JSON.stringify(folded));
}

/** How many spans stay in any case: with what they lie in, and with the waits in all of them. */
function neededBy({ spans, slowest }: Report): number {
  const slow = new Set(slowest.map(({ spanId }) => spanId));
  const needed = spans.map(({ kind }, id) => kind === "session" || kind === "turn" || slow.has(id));
  for (let id = spans.length - 1; id > 0; id--) if (needed[id]) needed[(spans[id] as ReportSpan).parent] = true;
  return spans.filter(({ kind, parent }, id) => needed[id] || (kind === "wait" && needed[parent])).length;
}

function timeByState({ spans }: Report): Partial<Record<State, number>> {
  const sums: Partial<Record<State, number>> = {};
  const add = (state: State, ms: number) => {
    if (ms > 0) sums[state] = (sums[state] ?? 0) + ms;
  };
  for (const { state, selfMs, folded } of spans) {
    add(state, selfMs);
    for (const [foldedState, ms] of Object.entries(folded?.selfMs ?? {})) add(foldedState as State, ms);
  }
  return sums;
}

/** Parents stand before their children and hold them, in pre-order; spans that overlap share no row. */
function expectTree({ spans }: Report): void {
  const path: number[] = [];
  for (const [id, { parent, startMs, endMs }] of spans.entries()) {
    while (path.length > 0 && path.at(-1) !== parent) path.pop();
    expect(path.at(-1) ?? -1).toBe(parent);
    const outer = spans[parent];
    expect(!outer || (startMs >= outer.startMs && endMs <= outer.endMs)).toBe(true);
    path.push(id);
  }
  expect(rows(spans, () => 0).rowOf).toHaveLength(spans.length);
}

/** Everything but the spans, the notes and which span something is about. */
function withoutReferences({ spans: _, notes: __, ...rest }: Report): unknown {
  const references = new Set(["spanId", "turnId", "spanIds", "evidence"]);
  return JSON.parse(JSON.stringify(rest, (key, value) => (references.has(key) ? undefined : value)));
}

/** Each reference leads to the span that was meant, or to the nearest around it that is still there. */
function expectReferences(report: Report, folded: Report): void {
  let at = 0;
  const newIds = report.spans.map((span) => (isSame(span, folded.spans[at]) ? at++ : -1));
  expect(at).toBe(folded.spans.length);
  const meant = (id: number) => {
    let kept = id;
    while ((newIds[kept] ?? 0) < 0) kept = (report.spans[kept] as ReportSpan).parent;
    return newIds[kept] ?? id;
  };
  const expected = JSON.stringify(referencesOf(report), (_, value) =>
    typeof value === "number" ? meant(value) : value,
  );
  expect(JSON.stringify(referencesOf(folded))).toBe(expected);
}

function isSame(span: ReportSpan, other: ReportSpan | undefined): boolean {
  const own = ({ parent: _, folded: __, ...rest }: ReportSpan) => JSON.stringify(rest);
  return other !== undefined && own(span) === own(other);
}

function referencesOf({ time, tokens, slowest }: Report): unknown {
  const ids = (some: readonly { readonly spanId: number | null }[]) => some.map(({ spanId }) => spanId);
  const { byMessage, byTurn, byAgent, composition, compactions } = tokens;
  return [
    ...[time.modelCalls, time.toolCalls, time.criticalPath, slowest, byMessage, byTurn, byAgent].map(ids),
    ...[composition, compactions].map(ids),
    time.criticalPath.map(({ turnId }) => turnId),
  ];
}

describe.each(RECORDED)("$name", ({ path }) => {
  test("folded to 20 spans, and to half of them, all figures hold", async () => {
    for (const session of await loadRoots(path)) {
      const report = analyze(session, "test");
      for (const most of [20, report.spans.length >> 1]) {
        expectFolded(report, most);
        expectSameSums(report, foldSpans(report, most));
      }
    }
  });
});

/** Flame graphs have the same weight in all, and a turn's details the same tokens. */
function expectSameSums(report: Report, folded: Report): void {
  for (const grouping of ["name", "tool", "file", "model"] as const) {
    for (const weight of ["time", "tokens", "cost"] as const) {
      const total = (one: Report) => stacks(one, grouping, weight).reduce((sum, stack) => sum + stack.weight, 0);
      expect(total(folded)).toBeCloseTo(total(report), 6);
    }
  }
  const turnFacts = (one: Report) => {
    const factsOf = spanFacts(one);
    const turns = one.spans.flatMap(({ kind }, id) => (kind === "turn" ? [factsOf(id)] : []));
    return turns.map((facts) => facts.filter(({ label }) => label === "Tokens" || label === "Cost"));
  };
  expect(turnFacts(folded)).toEqual(turnFacts(report));
}

test("the page says in words and beside the chart that spans are folded", async () => {
  const folded = foldSpans(reportOf(DRAWN), 11);
  const html = renderHtml(folded, readPageAssets());
  expect(html).toContain("; 3 short spans folded into what they lay in");
  expect(html).toContain("3 of 14 spans are folded into what they lay in");
});

test("however broken the record and however few are left, all figures hold", () => {
  fc.assert(
    fc.property(spanDrafts, fc.nat(30), (drafts, most) => {
      expectFolded(analyze(sessionFromDrafts(drafts), "test"), most);
    }),
    { numRuns: 500 },
  );
});

test("a session 50,000 deep is folded", () => {
  const folded = foldSpans(analyze(sessionFromDrafts(chainOfDrafts(50_000)), "test"), 1_000);
  expect(folded.spans).toHaveLength(1_000);
  expect(folded.spans.at(-1)?.folded?.count).toBe(49_000);
});
