import { expect, test } from "vitest";
import { criticalPath } from "../../../src/analyze/critical-path.js";
import { criticalSavings } from "../../../src/analyze/facts/critical-savings.js";
import { reportSpans } from "../../../src/analyze/report-spans.js";
import { chainOfDrafts } from "../../support/random-spans.js";
import { sessionFromDrafts, sessionFromText } from "../../support/session-text.js";

function savesIn(text: string) {
  const { spans } = reportSpans(sessionFromText(text));
  const { within, ofOwn } = criticalSavings(spans, criticalPath(spans));
  const idsOf = (...names: readonly string[]) => names.map((name) => spans.findIndex((span) => span.name === name));
  return {
    within: (...names: readonly string[]) => within(idsOf(...names)),
    ofOwn: (...names: readonly string[]) => ofOwn(idsOf(...names)),
  };
}

const PARALLEL = `
  session 0..100
    turn 0..100
      step 0..60
        model 0..20
        read 20..50
        grep 20..40
      bash 60..90`;

test("a span beside which nothing ran saves all of its time, whatever ran side by side in it", () => {
  expect(savesIn(PARALLEL).within("step")).toBe(60);
  expect(savesIn(PARALLEL).within("bash")).toBe(30);
});

test("of calls side by side only the time counts in which nothing else ran", () => {
  const { within } = savesIn(PARALLEL);
  expect([within("read"), within("grep")]).toEqual([10, 0]);
});

test("what a span holds is not counted twice", () => {
  expect(savesIn(PARALLEL).within("step", "read", "model")).toBe(60);
  expect(savesIn(PARALLEL).within("step", "bash")).toBe(90);
});

test("a span's own time leaves out what it holds", () => {
  expect(savesIn(PARALLEL).ofOwn("step", "turn")).toBe(10 + 10);
});

test("what lies in a span that has company saves no more than the company leaves", () => {
  const { within } = savesIn(`
    session 0..100
      turn 0..100
        step 0..100
          task 0..80
            subagent 0..80
              step 0..80
                read 0..80
          bash 0..70`);
  expect([within("subagent"), within("bash")]).toEqual([10, 0]);
});

test("a chain 50,000 deep does not overflow the stack", () => {
  const { spans } = reportSpans(sessionFromDrafts(chainOfDrafts(50_000)));
  expect(criticalSavings(spans, criticalPath(spans)).within([0])).toBeGreaterThanOrEqual(0);
});
