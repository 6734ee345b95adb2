import { expect, test } from "vitest";
import { analyze } from "../../src/analyze/index.js";
import { sessionFromText } from "../support/session-text.js";

const slowestOf = (text: string) => analyze(sessionFromText(text), "test").slowest;

test("the five slowest leaf operations, longest first; not the task tool that holds them", () => {
  const slowest = slowestOf(`
    session 0..1000
      turn 0..1000
        step 0..1000
          model 0..100 first 50
          task 100..900
            subagent 110..890
              step 110..890
                model 110..500 first 400
                bash 500..880
          read 900..910
          grep 910..930
          glob 930..960`);
  expect(slowest.map(({ rank, title, durationMs }) => `${rank} ${title} ${durationMs}`)).toEqual([
    "1 Response #2 390",
    "2 bash 380",
    "3 Response #1 100",
    "4 glob 30",
    "5 grep 20",
  ]);
});

test("waiting for the user is nobody's slow operation", () => {
  const slowest = slowestOf(`
    session 0..1000
      turn 0..1000
        question 0..900 ask 0..900
        read 900..910`);
  expect(slowest.map(({ title }) => title)).toEqual(["read"]);
});

test("what is not sure is said", () => {
  const [failed, unfinished] = slowestOf(`
    session 0..1000
      turn 0..1000
        bash 0..100 error
        bash 100..150 unfinished`);
  expect(failed?.note).toBe("Failed.");
  expect(unfinished?.note).toBe("No end is recorded; it took at least this long.");
});

test("a call's wait for the user is not its work", () => {
  const { slowest, time } = analyze(
    sessionFromText(`
      session 0..100
        turn 0..100
          step 0..100
            bash 0..90 ask 0..80
            read 50..70
    `),
    "test",
  );
  expect(slowest.map(({ title, durationMs }) => [title, durationMs])).toEqual([
    ["read", 20],
    ["bash", 10],
  ]);
  expect(time.operations.map(({ operation, totalMs }) => [operation, totalMs])).toEqual([
    ["read", 20],
    ["bash", 10],
  ]);
});
