import { expect, test } from "vitest";
import { criticalPath } from "../../src/analyze/critical-path.js";
import { parallelSavingsMs } from "../../src/analyze/parallel.js";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { chainOfDrafts } from "../support/random-spans.js";
import { sessionFromDrafts, sessionFromText } from "../support/session-text.js";

const spansOf = (text: string) => reportSpans(sessionFromText(text)).spans;

/** `name ms saves least..most`, in the order of time. */
function pathOf(text: string): string[] {
  const spans = spansOf(text);
  return criticalPath(spans).map(
    ({ spanId, ms, state, savesAtLeastMs, savesAtMostMs }) =>
      `${spans[spanId]?.name} ${state} ${ms} saves ${savesAtLeastMs}..${savesAtMostMs}`,
  );
}

test("of tools side by side the one that ended last decides; the others would have saved nothing", () => {
  expect(
    pathOf(`
      session 0..100
        turn 0..100
          step 0..100
            read 10..40
            bash 10..90
            grep 10..60
    `),
  ).toEqual(["step overhead 20 saves 20..20", "bash running-tools 80 saves 30..80"]);
});

test("what ended just when the next began is what the next waited for, also in the same millisecond", () => {
  expect(
    pathOf(`
      session 0..60
        turn 0..60
          step 0..60
            model 0..20 first 5
            read 20..40
            grep 40..60
            glob 38..40
    `),
  ).toEqual([
    "waiting for the model waiting-for-model 5 saves 5..5",
    "model generating 15 saves 15..15",
    "read running-tools 20 saves 18..20",
    "grep running-tools 20 saves 20..20",
  ]);
});

test("a tool that starts while the answer still streams was waited for from its start; before that, the stream", () => {
  expect(
    pathOf(`
      session 0..50
        turn 0..50
          step 0..50
            model 0..30 first 0
            bash 20..50
    `),
  ).toEqual(["model generating 20 saves 20..20", "bash running-tools 30 saves 20..30"]);
});

test("a call that only ran beside is on no path, also where the one that decided began a moment after it was asked for", () => {
  const session = sessionFromText(`
    session 0..101
      turn 0..101
        step 0..101
          model 0..11 first 1
          bash 3..60
          build 12..101
  `);
  const spans = session.spans.map((span) =>
    span.kind === "tool" && span.tool === "build" ? { ...span, calledAt: 11 } : span,
  );
  const placed = reportSpans({ ...session, spans }).spans;
  expect(
    criticalPath(placed).map(({ spanId, ms, savesAtLeastMs }) => [placed[spanId]?.name, ms, savesAtLeastMs]),
  ).toEqual([
    ["waiting for the model", 1, 1],
    ["model", 10, 2],
    ["step", 1, 0],
    ["build", 89, 41],
  ]);
});

test("what was under way beside a piece bounds what it could save, overhead in another branch too", () => {
  expect(
    pathOf(`
      session 0..20
        turn 0..20
          step 0..20
            question 1..19 ask 1..19
            task 1..15
              subagent 1..15
                step 1..15
                  read 2..3
    `),
  ).toEqual(["step overhead 2 saves 2..2", "question waiting-for-user 18 saves 4..18"]);
});

test("a batch holds its calls: alone in it a call saves nothing by being parallel", () => {
  const text = `
    session 0..10
      turn 0..10
        step 0..10
          batch 0..10
            bash 0..10
  `;
  expect(parallelSavingsMs(spansOf(text))).toBe(0);
  expect(pathOf(text)).toEqual(["bash running-tools 10 saves 10..10"]);
});

test("the path goes through subagents", () => {
  expect(
    pathOf(`
      session 0..100
        turn 0..100
          step 0..100
            task 0..100
              subagent 10..90
                step 10..90
                  bash 20..90
            read 0..95
    `),
  ).toEqual(["task overhead 20 saves 5..20", "step overhead 10 saves 0..10", "bash running-tools 70 saves 0..70"]);
});

test("each turn has its own path, and the time between turns is on none", () => {
  const spans = spansOf(`
    session 0..100
      turn 0..20
        step 0..20
      turn 70..100
        step 70..90
  `);
  const path = criticalPath(spans);
  const ms = (turnId: number) =>
    path.filter((entry) => entry.turnId === turnId).reduce((sum, entry) => sum + entry.ms, 0);
  expect([...new Set(path.map(({ turnId }) => turnId))].map((turnId) => [spans[turnId]?.startMs, ms(turnId)])).toEqual([
    [0, 20],
    [70, 30],
  ]);
});

test("parallel savings are the durations minus their union; a wait for the user is nobody's work", () => {
  const text = `
    session 0..100
      turn 0..100
        step 0..100
          read 0..40
          bash 20..60
          bash 30..50 ask 30..50
  `;
  expect(parallelSavingsMs(spansOf(text))).toBe(20);
});

test("a turn 50,000 deep has a path", () => {
  const [session, ...rest] = chainOfDrafts(50_000);
  const turn = { ...rest[0], kind: "turn", trigger: "prompt", promptedAt: 1, message: null } as (typeof rest)[number];
  const { spans } = reportSpans(sessionFromDrafts([session as (typeof rest)[number], turn, ...rest.slice(1)]));
  expect(criticalPath(spans).reduce((sum, { ms }) => sum + ms, 0)).toBe(
    (spans[1]?.endMs ?? 0) - (spans[1]?.startMs ?? 0),
  );
});

test("thousands of calls side by side are walked quickly enough", () => {
  const calls = Array.from({ length: 3_000 }, (_, i) => `      read ${i}..${i + 2_000}`);
  const spans = spansOf(["session 0..6000", "  turn 0..6000", "    step 0..6000", ...calls].join("\n"));
  expect(criticalPath(spans).reduce((sum, { ms }) => sum + ms, 0)).toBe(6_000);
});
