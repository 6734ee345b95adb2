import { describe, expect, test } from "vitest";
import { chunks } from "../../src/analyze/chunks.js";
import { reportSpans } from "../../src/analyze/report-spans.js";
import type { RlmRecord, TelemetryRecord } from "../../src/model/session.js";
import { sessionFromStory } from "../support/story-text.js";

const STORY = `
  turn 0..9000 asks:12
    step 0..2000 prompt:9000 out:40
      bash 600..900 ask:700..800
    step 2000..5000 prompt:9400 out:30
      bash 2600..2900
`;
const session = sessionFromStory(STORY);
const placed = reportSpans(session);
const rowsOf = (...telemetry: readonly TelemetryRecord[]) => chunks({ ...session, telemetry }, placed);

function record(given: Partial<RlmRecord>): RlmRecord {
  return {
    ...{ kind: "rlm", at: 1_000, sessionId: "ses_root", messageId: null, callId: null, chunkCount: 4 },
    ...{ chunkChars: null, chunkMs: [], durationMs: null, mode: null, tokensPerChunk: null, accuracy: null },
    ...given,
  };
}

describe("times", () => {
  test("of chunks one after another sum to the run's, where every chunk has one", () => {
    expect(rowsOf(record({ mode: "sequential", chunkMs: [100, 200, 300, 400] }))).toMatchObject([
      { meanChunkMs: 250, maxChunkMs: 400, durationMs: 1_000, chunksPerSecond: 4 },
    ]);
    expect(rowsOf(record({ mode: "sequential", chunkMs: [100, 200] }))).toMatchObject([
      { meanChunkMs: 150, maxChunkMs: null, durationMs: null, chunksPerSecond: null },
    ]);
  });

  test("of chunks side by side do not, nor of those of which it is not known", () => {
    for (const mode of ["parallel", null] as const)
      expect(rowsOf(record({ mode, chunkMs: [100, 200, 300, 400] }))).toMatchObject([
        { mode, maxChunkMs: 400, durationMs: null, chunksPerSecond: null },
      ]);
  });

  test("a single one for many chunks is their mean", () => {
    expect(rowsOf(record({ mode: "sequential", chunkMs: [250] }))).toMatchObject([
      { meanChunkMs: 250, maxChunkMs: null, durationMs: null },
    ]);
    expect(rowsOf(record({ chunkCount: 1, mode: "sequential", chunkMs: [250] }))).toMatchObject([
      { meanChunkMs: 250, maxChunkMs: 250, durationMs: 250 },
    ]);
  });

  test("that are recorded are taken as they are; without any length there is no throughput", () => {
    expect(rowsOf(record({ mode: "sequential", chunkMs: [1, 2, 3, 4], durationMs: 3_000 }))).toMatchObject([
      { durationMs: 3_000, chunksPerSecond: 1.333 },
    ]);
    expect(rowsOf(record({ durationMs: 0 }))).toMatchObject([{ durationMs: 0, chunksPerSecond: null }]);
  });
});

describe("the span of a run", () => {
  const spanNamed = (kind: string, nth: number) =>
    placed.spans.flatMap((span, id) => (span.kind === kind ? [id] : []))[nth];
  const answers = session.messages.filter(({ role }) => role === "assistant").map(({ id }) => id);
  const spanOf = (given: Partial<RlmRecord>) => rowsOf(record(given))[0]?.spanId;

  test("is the call that it names, whatever the report put before it", () => {
    expect(spanOf({ callId: "c2" })).toBe(spanNamed("tool", 1));
    expect(placed.idOf).not.toContain(spanNamed("wait", 0));
  });

  test("is its message's model call where it names no call, or one of another message or session", () => {
    expect(spanOf({ messageId: answers[1] as string })).toBe(spanNamed("model", 1));
    expect(spanOf({ messageId: answers[1] as string, callId: "c1" })).toBe(spanNamed("model", 1));
    expect(spanOf({ messageId: answers[1] as string, callId: "c2" })).toBe(spanNamed("tool", 1));
    expect(spanOf({ sessionId: "ses_other", callId: "c1" })).toBeNull();
  });

  test("is not known where it names nothing that is there", () => {
    expect(spanOf({})).toBeNull();
    expect(spanOf({ callId: "c9", messageId: "msg_none" })).toBeNull();
  });
});

test("records of another kind are no runs", () => {
  const other: TelemetryRecord = {
    ...{ kind: "intent", at: null, sessionId: "ses_root", messageId: null, callId: null },
    ...{ label: "fix", confidence: null, correctLabel: null, escalated: null },
  };
  expect(rowsOf(other, record({ chunkCount: 3 })).map((row) => row.chunks)).toEqual([3]);
});
