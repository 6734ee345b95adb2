import { expect, test } from "vitest";
import { modelCalls as callsOfModels } from "../../src/analyze/calls.js";
import { analyze } from "../../src/analyze/index.js";
import { reportSpans } from "../../src/analyze/report-spans.js";
import { sessionFromText } from "../support/session-text.js";

const callsOf = (text: string) => analyze(sessionFromText(text), "test").time;

test("a model call waits until its first output, then generates; its rate is that of the output", () => {
  const { modelCalls } = callsOf(`
    session 1000..5000
      turn 1000..5000
        model 1000..4000 first 2000`);
  // 3 tokens of output and 2 of reasoning in 2 s
  expect(modelCalls).toMatchObject([
    { startedAt: 1000, firstOutputAt: 2000, endedAt: 4000, waitMs: 1000, generateMs: 2000, tokensPerSecond: 2.5 },
  ]);
});

test("no rate where the first output is not known, the stream came in one piece, or the machine may have slept", () => {
  const { modelCalls } = callsOf(`
    session 0..9000000
      turn 0..9000000
        model 0..4000
        model 5000..6000 first 5990
        model 10000..2000000 first 11000`);
  expect(modelCalls.map(({ waitMs, tokensPerSecond }) => [waitMs, tokensPerSecond])).toEqual([
    [4000, null],
    [990, null],
    [1000, null],
  ]);
});

test("a tool call without an end has no duration", () => {
  const { toolCalls } = callsOf(`
    session 0..100
      turn 0..100
        bash 0..40
        bash 50..70 unfinished`);
  expect(toolCalls.map(({ durationMs, status }) => [durationMs, status])).toEqual([
    [40, "ok"],
    [null, "unfinished"],
  ]);
});

test("a wait that is far longer than the model's others is conspicuous, where nothing says that attempts failed", () => {
  const calls = [0, 1, 2, 3].map((i) => `    model ${i * 1_000}..${i * 1_000 + 900} first ${i * 1_000 + 500}`);
  const text = ["session 0..60000", "  turn 0..60000", ...calls, "    model 10000..41000 first 40000"].join("\n");
  const longer = (retries: "recorded" | "as-waiting") => {
    const session = sessionFromText(text);
    const told = { ...session, records: { ...session.records, retries } };
    return callsOfModels(told, reportSpans(told)).map(({ waitedTimesLonger }) => waitedTimesLonger);
  };
  expect(longer("as-waiting")).toEqual([null, null, null, null, 60]);
  expect(longer("recorded")).toEqual([null, null, null, null, null]);
});

test("the phases of an answer: what streams side by side counts once, what is not timed is unknown", () => {
  const session = sessionFromText("session 0..100\n  turn 0..100\n    step 0..100\n      model 0..80 first 10");
  const phases = [
    { kind: "reasoning" as const, startAt: 10, endAt: 30 },
    { kind: "tool-arguments" as const, startAt: 30, endAt: 60 },
    { kind: "tool-arguments" as const, startAt: 50, endAt: 70 },
  ];
  const timed = {
    ...session,
    spans: session.spans.map((span) => (span.kind === "model" ? { ...span, phases } : span)),
  };
  expect(callsOfModels(timed, reportSpans(timed))).toMatchObject([
    { waitMs: 10, reasoningMs: 20, textMs: null, toolArgumentsMs: 40, overheadMs: 20 },
  ]);
});
