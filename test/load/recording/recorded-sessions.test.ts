import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze/index.js";
import { FORMATS, renderedAs } from "../../../src/cli/formats.js";
import { withRecording } from "../../../src/load/recording/with-recording.js";
import type { RecordingLine } from "../../../src/model/recording.js";
import type { ModelSpan, Session, ToolSpan } from "../../../src/model/session.js";
import { checkedReport } from "../../../src/report/schema.js";
import { EXAMPLE, loadRoots, recordedPath } from "../../support/fixtures.js";
import { expectTokenLedger } from "../../support/token-invariants.js";

const told = (session: Session, lines: readonly RecordingLine[]) =>
  withRecording(session, [{ path: "/r.jsonl", lines, skipped: 0 }]);

/** What must hold whatever was recorded: children in their parents, intervals in their calls, the same figures of tokens. */
function expectSound(session: Session, before: Session): void {
  const { spans, messages } = session;
  spans.forEach((span, i) => {
    const parent = spans[span.parent];
    expect(span.endAt).toBeGreaterThanOrEqual(span.startAt);
    if (parent)
      expect([span.parent < i, parent.startAt <= span.startAt, span.endAt <= parent.endAt]).toEqual([true, true, true]);
    const own = span.kind === "tool" ? span.userWaits : span.kind === "model" && span.retrying ? [span.retrying] : [];
    const inside = [...own, ...("heldUp" in span ? (span.heldUp ?? []) : [])];
    for (const { startAt, endAt } of inside)
      expect(span.startAt <= startAt && startAt <= endAt && endAt <= span.endAt).toBe(true);
    if (span.kind === "model" && span.firstOutputAt !== null)
      expect(span.startAt <= span.firstOutputAt && span.firstOutputAt <= span.endAt).toBe(true);
  });
  messages.forEach(({ id, span }, i) => {
    const was = before.messages[i]?.span ?? null;
    const kinds = [span, was].map((at, j) => (at === null ? null : (j === 0 ? session : before).spans[at]?.kind));
    expect([id, kinds[0]]).toEqual([before.messages[i]?.id, kinds[1]]);
    const own = span === null ? undefined : spans[span];
    if (own?.kind === "model") expect(messages[own.message]?.id).toBe(id);
  });
  expect([spans[0]?.startAt, spans[0]?.endAt]).toEqual([before.spans[0]?.startAt, before.spans[0]?.endAt]);
  const report = analyze(session, "test");
  expect(report.time.ledger.reduce((sum, { ms }) => sum + ms, 0)).toBe(report.summary.wallMs);
  expect(report.time.ledger.every(({ ms }) => Number.isInteger(ms) && ms >= 0)).toBe(true);
  const turns = report.spans.filter(({ kind }) => kind === "turn");
  const turnsMs = turns.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  expect(report.time.criticalPath.reduce((sum, { ms }) => sum + ms, 0)).toBe(turnsMs);
  expect(report.spans.every(({ selfMs }) => selfMs >= 0)).toBe(true);
  expect(report.summary.tokens).toEqual(analyze(before, "test").summary.tokens);
  expectTokenLedger(session, report);
  const read = checkedReport(JSON.parse(JSON.stringify(report)));
  expect("problem" in read ? read.problem : null).toBe(null);
}

/** What a plugin would have seen of a session: a request a little after each step began, and a prompt in every call. */
function invented({ spans, messages }: Session): RecordingLine[] {
  return spans.flatMap((span): RecordingLine[] => {
    const message = "message" in span && span.message !== null ? messages[span.message] : undefined;
    if (message === undefined) return [];
    const { id: messageId, sessionId } = message;
    const own = { sessionId, messageId };
    const lengthMs = span.endAt - span.startAt;
    if (span.kind === "model") {
      const at = span.startAt + Math.min(5, lengthMs);
      const chunkAt = Math.max(at, span.firstOutputAt ?? span.endAt);
      return [
        {
          ...{ kind: "request", at, ...own, purpose: "answer", agent: null, model: null, attempt: 1, preparedMs: null },
        },
        { kind: "first-chunk", at: chunkAt, ...own, waitedMs: null },
        { kind: "stream-end", at: span.endAt, ...own, streamedMs: null, requestMs: null, ok: true },
      ];
    }
    if (span.kind !== "tool") return [];
    const said = { callId: span.callId, ...own };
    const ran = { tool: span.tool, ok: true, inputBytes: 1, outputBytes: 1 };
    const waitedMs = Math.floor(lengthMs / 3);
    return [
      { kind: "tool", at: span.endAt, ...said, ...ran, startedAt: span.startAt, durationMs: lengthMs },
      {
        ...{ kind: "permission", at: span.startAt + waitedMs, ...said, askedAt: span.startAt, waitedMs },
        ...{ reply: "once", permission: "bash" },
      },
    ];
  });
}

describe.each([
  "1.18.34 parallel-agents",
  "1.18.34 faults",
  "1.18.34 compaction",
  "1.3.2 debug-auth",
  "2.0-preview faults",
])("%s", (name) => {
  test("an invented recording that agrees with it splits every wait and leaves everything sound", async () => {
    for (const before of await loadRoots(recordedPath(name))) {
      const session = told(before, invented(before));
      expectSound(session, before);
      expect(session.notes.filter(({ text }) => /contradict|reached outside/.test(text))).toEqual([]);
      expect(session.records).toEqual({ retries: "recorded", permissionWaits: "all" });
      const models = session.spans.filter((span): span is ModelSpan => span.kind === "model");
      expect(models.length).toBeGreaterThan(0);
      const report = analyze(session, "test");
      for (const format of FORMATS) expect(renderedAs(format, report, {}).length).toBeGreaterThan(1_000);
    }
  });
});

test("an empty recording changes nothing", async () => {
  const [session] = (await loadRoots(EXAMPLE)) as [Session];
  expect(told(session, []).spans).toEqual(session.spans);
  expect(told(session, []).messages).toEqual(session.messages);
});

describe("a recording that says anything", () => {
  let example: Session;
  beforeAll(async () => {
    [example] = (await loadRoots(EXAMPLE)) as [Session];
  });

  /** Mostly of the session's own ids, at times in it or near it. */
  function anyLine({ spans, messages }: Session): fc.Arbitrary<RecordingLine> {
    const [root] = spans as [Session["spans"][0]];
    const calls = spans.filter((span): span is ToolSpan => span.kind === "tool");
    const places = spans.flatMap(({ startAt, endAt }) => [startAt, endAt]);
    const near = fc.record({ place: fc.constantFrom(...places), ms: fc.integer({ min: -3_000, max: 3_000 }) });
    const at = fc.oneof(
      near.map(({ place, ms }) => place + ms),
      fc.integer({ min: root.startAt - 10_000, max: root.endAt + 10_000 }),
      fc.constantFrom(1e11, 8.64e15),
    );
    const models = spans.filter((span): span is ModelSpan => span.kind === "model");
    const share = fc.constantFrom(0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1);
    const lengthMs = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.constant(1e12));
    const called = fc.record({ call: fc.constantFrom(...calls), at, lengthMs, isNamed: fc.boolean() });
    const ofMessage = (kind: "request" | "first-chunk" | "stream-end" | "retry") =>
      fc.record({ model: fc.constantFrom(...models), at, nextAt: at, share }).map(({ model, nextAt, ...said }) => {
        const { id: messageId, sessionId } = messages[model.message] as Session["messages"][0];
        const inside = Math.round(model.startAt + said.share * (model.endAt - model.startAt));
        const at = said.share < 1 ? inside : said.at;
        const own = { messageId, sessionId };
        const more = { purpose: "answer", agent: null, model: null, attempt: 1, preparedMs: null, nextAt };
        return {
          kind,
          at,
          ...own,
          ...more,
          waitedMs: null,
          streamedMs: null,
          requestMs: null,
          ok: true,
          reason: null,
        } as RecordingLine;
      });
    const ofCall = (kind: "tool" | "permission") =>
      called.map(({ call, at, lengthMs, isNamed }): RecordingLine => {
        const { id, sessionId } = messages[call.message] as Session["messages"][0];
        const ids = { callId: call.callId, sessionId, messageId: isNamed ? id : null };
        return kind === "tool"
          ? {
              kind,
              at,
              ...ids,
              tool: "x",
              startedAt: at,
              durationMs: lengthMs,
              ok: true,
              inputBytes: 0,
              outputBytes: 0,
            }
          : { kind, at, ...ids, askedAt: at, waitedMs: lengthMs, reply: "once", permission: "x" };
      });
    const asked = { afterMs: fc.integer({ min: -200, max: 500 }), waitedMs: fc.nat(500) };
    const goOn = fc.record({ call: fc.constantFrom(...calls), ...asked }).map(({ call, afterMs, waitedMs }) => {
      const { id: messageId, sessionId } = messages[call.message] as Session["messages"][0];
      const own = { kind: "permission", sessionId, messageId, callId: null, permission: "doom_loop" } as const;
      const askedAt = call.startAt + afterMs;
      return { ...own, at: askedAt + waitedMs, askedAt, waitedMs, reply: "once" } as const;
    });
    return fc.oneof(
      { weight: 3, arbitrary: ofMessage("request") },
      { weight: 2, arbitrary: goOn },
      ...[ofMessage("first-chunk"), ofMessage("stream-end"), ofMessage("retry"), ofCall("tool"), ofCall("permission")],
    );
  }

  test("breaks no report, and the states still take all of the time", () => {
    let [moved, contradicted, held] = [0, 0, 0];
    fc.assert(
      fc.property(fc.array(anyLine(example), { maxLength: 80 }), fc.boolean(), (lines, isGuessed) => {
        // Every second time starts of tools are guesses, as releases between 1.3.2 and 1.18.27 leave them.
        const spans = example.spans.map((span) =>
          isGuessed && span.kind === "tool" ? { ...span, basis: "estimated" as const } : span,
        );
        const session = told({ ...example, spans }, lines);
        expectSound(session, example);
        if (session.spans.some((span, i) => span.startAt !== example.spans[i]?.startAt)) moved++;
        if (session.notes.some(({ text }) => text.includes("contradict"))) contradicted++;
        if (session.spans.some((span) => "heldUp" in span)) held++;
      }),
      { numRuns: 100, seed: 7 },
    );
    expect(moved).toBeGreaterThan(20);
    expect(contradicted).toBeGreaterThan(20);
    expect(held).toBeGreaterThan(20);
  });
});
