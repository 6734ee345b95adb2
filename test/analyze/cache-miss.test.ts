import { expect, test } from "vitest";
import { cacheMisses } from "../../src/analyze/cache-miss.js";
import { sessionFromMessages } from "../support/context-text.js";

const missesIn = (text: string) =>
  Object.fromEntries(
    Array.from(cacheMisses(sessionFromMessages(text)), ([{ id }, cause]) => [id, cause] as const).sort(),
  );
const FIRST = "call build p/m prompt:1000 wrote:900 at:0";

test("the first call of a session finds nothing in the cache", () => {
  expect(missesIn(`${FIRST} \n call build p/m prompt:1100 cached:1000`)).toEqual({ m1: "first-call" });
  expect(missesIn("call build p/m prompt:1000 cached:900")).toEqual({});
});

test("a call that finds half of the prompt before it, or more, has not missed it", () => {
  expect(missesIn(`${FIRST} \n call build p/m prompt:9000 cached:500`)).toEqual({ m1: "first-call" });
  expect(missesIn(`${FIRST} \n call build p/m prompt:9000 cached:499`)).toMatchObject({ m2: "unknown" });
});

test("of a prompt that is shorter than the one before, no more than itself can be found", () => {
  expect(missesIn(`${FIRST} \n call build p/m prompt:200 cached:100`)).toEqual({ m1: "first-call" });
});

test("after more than five minutes the cache has forgotten", () => {
  expect(missesIn(`${FIRST} \n call build p/m prompt:1100 at:300000`)).toMatchObject({ m2: "unknown" });
  expect(missesIn(`${FIRST} \n call build p/m prompt:1100 at:300001`)).toMatchObject({ m2: "pause" });
});

test("after a compaction the prompt is another", () => {
  const compacted = (summary: string) => `${FIRST} \n compact \n ${summary} \n call build p/m prompt:400`;
  expect(missesIn(compacted("summary build p/m prompt:1100 text:50"))).toMatchObject({ m4: "compaction" });
});

test("a compaction that failed has changed no prompt", () => {
  expect(missesIn(`${FIRST} \n compact \n summary build p/m prompt:1100 error \n call build p/m prompt:1100`)).toEqual({
    ...{ m1: "first-call", m4: "unknown" },
  });
});

test("another model has a cache of its own, another agent another beginning", () => {
  expect(missesIn(`${FIRST} \n call build p/other prompt:1000 wrote:900`)).toMatchObject({ m2: "model-change" });
  expect(missesIn(`${FIRST} \n call plan p/m prompt:1000`)).toMatchObject({ m2: "agent-change" });
  expect(missesIn(`${FIRST} \n call plan p/other prompt:1000 wrote:9`)).toMatchObject({ m2: "model-change" });
});

test("the pause is since the last call of the same agent and model", () => {
  const back = `${FIRST} \n call plan p/m prompt:900 cached:900 at:290000 \n call build p/m prompt:1000 at:310000`;
  expect(missesIn(back)).toEqual({ m1: "first-call", m3: "pause" });
});

test("a subagent's first call is the first of its session", () => {
  expect(missesIn(`${FIRST} \n sub call general p/m prompt:500`)).toEqual({ m1: "first-call", m2: "first-call" });
});

test("a model that never used a cache misses none, nor does a compaction's own call", () => {
  expect(missesIn("call build p/m prompt:1000 \n call build p/m prompt:1100")).toEqual({});
  expect(missesIn(`${FIRST} \n summary build p/m prompt:1100 text:50`)).toEqual({ m1: "first-call" });
});
