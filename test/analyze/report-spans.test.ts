import { expect, test } from "vitest";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { sessionFromText, spansAsText } from "../support/session-text.js";

test("waits inside calls and the time between turns become spans of their own", () => {
  const { spans, idOf } = reportSpans(
    sessionFromText(`
      session 1000..1100
        turn 1000..1050
          step 1000..1050
            model 1000..1040 first 1030
            bash 1040..1050 ask 1042..1046
        turn 1080..1100`),
  );
  expect(spansAsText(spans)).toEqual([
    "session 0..100",
    "  turn 0..50",
    "    step 0..50",
    "      model 0..40",
    "        waiting for the model 0..30",
    "      bash 40..50",
    "        waiting for you 42..46",
    "  waiting for you 50..80",
    "  turn 80..100",
  ]);
  expect(idOf).toEqual([0, 1, 2, 3, 5, 8]);
  expect(spans.map(({ state }) => state)).toEqual([
    "unknown",
    "overhead",
    "overhead",
    "generating",
    "waiting-for-model",
    "running-tools",
    "waiting-for-user",
    "waiting-for-user",
    "overhead",
  ]);
});

test("self time is what no child covers, overlapping children counted once", () => {
  const { spans } = reportSpans(
    sessionFromText(`
      session 0..100
        turn 0..100
          bash 10..50
          grep 30..60
          read 35..45`),
  );
  expect(spans.map(({ name, selfMs }) => `${name} ${selfMs}`)).toEqual([
    "session 0",
    "turn 50",
    "bash 40",
    "grep 30",
    "read 10",
  ]);
});

test("a call that is one wait throughout has no wait inside", () => {
  const { spans } = reportSpans(
    sessionFromText(`
      session 0..100
        turn 0..100
          model 0..40 error
          question 50..90 ask 50..90`),
  );
  expect(spans.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "session unknown",
    "turn overhead",
    "model waiting-for-model",
    "question waiting-for-user",
  ]);
});

test("a call of over 30 minutes may be a machine that slept, a question that stood open is none", () => {
  const { spans } = reportSpans(
    sessionFromText(`
      session 0..9000000
        turn 0..9000000
          bash 0..1800000
          bash 1800000..3600001
          question 4000000..8000000 ask 4000000..8000000`),
  );
  expect(spans.flatMap(({ mayHaveSlept, name, startMs }) => (mayHaveSlept ? [`${name} ${startMs}`] : []))).toEqual([
    "bash 1800000",
  ]);
});

test("retries say each reason once, also where they are all of a call", () => {
  const session = sessionFromText(`
    session 0..100
      turn 0..100
        step 0..60
          model 0..60 retry 0..30 first 40
        step 60..100
          model 60..100 retry 60..100`);
  const spans = session.spans.map((span) =>
    span.kind === "model" ? { ...span, retryReasons: ["429", "overloaded", "429"] } : span,
  );
  const told = reportSpans({ ...session, spans }).spans.filter(({ args }) => args !== undefined);
  expect(told.map(({ name, startMs, args }) => `${name} ${startMs} ${args}`)).toEqual([
    "retries 0 429, overloaded",
    "model 60 429, overloaded",
  ]);
  expect(reportSpans(session).spans.every((span) => !("args" in span))).toBe(true);
});
