import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
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
    [null, null],
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
