import { sum } from "simple-statistics";
import { expect } from "vitest";
import { foldSpans } from "../../src/analyze/fold-spans.js";
import { analyze } from "../../src/analyze/index.js";
import type { Report } from "../../src/model/report.js";
import type { Session } from "../../src/model/session.js";
import { copyOf, loadRoots, type Recorded } from "./fixtures.js";
import { countsReasoningInside } from "./opencode-stats.js";
import { rowSums } from "./row-sums.js";
import { expectTokenLedger } from "./token-invariants.js";

/** Fewer than nearly every recorded session has: what is folded away must change no figure. */
const FEW_SPANS = 20;

/** What must hold of every session of every store, whatever wrote it. */
export async function expectInvariants(recording: Recorded): Promise<void> {
  const sessions = await loadRoots(recording.path);
  expect(sessions.length).toBeGreaterThan(0);
  for (const session of sessions) {
    expectWellFormed(session);
    const report = analyze(session, "test");
    for (const said of [report, foldSpans(report, FEW_SPANS)]) {
      expectLedger(said);
      expectTokenLedger(session, said);
      expectSumsOfRows(recording, said);
    }
  }
  // The content says what it is, not the name.
  expect(await loadRoots(copyOf(recording.path, "a"))).toEqual(sessions);
}

/** Children inside their parents or said so, parents before children, unique ids, messages in order. */
function expectWellFormed({ spans, messages, notes }: Session): void {
  expect(spans[0]?.kind).toBe("session");
  spans.forEach((span, i) => {
    expect(span.endAt).toBeGreaterThanOrEqual(span.startAt);
    if (i === 0) return;
    const parent = spans[span.parent];
    expect(span.parent).toBeLessThan(i);
    expect([parent && parent.startAt <= span.startAt, parent && span.endAt <= parent.endAt]).toEqual([true, true]);
  });
  expect(notes.map((note) => note.text).filter((text) => /reached outside|ended before/.test(text))).toEqual([]);
  expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
  expect(messages.map((message) => message.number)).toEqual(messages.map((_, i) => i + 1));
  const times = messages.map((message) => message.createdAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  for (const message of messages) expect(message.span === null || message.span < spans.length).toBe(true);
}

function expectLedger({ time, summary, tokens }: Report): void {
  expect(sum(time.ledger.map((row) => row.ms))).toBe(summary.wallMs);
  expect(time.ledger.every(({ ms }) => Number.isInteger(ms) && ms >= 0)).toBe(true);
  expect(sum(tokens.byMessage.map((row) => row.tokens?.total ?? 0))).toBe(summary.tokens.total);
  expect(sum(tokens.byModel.map((row) => row.tokens.total))).toBe(summary.tokens.total);
}

/** Figures equal the sums of what the store itself says. */
function expectSumsOfRows(recording: Recorded, { session, summary }: Report): void {
  const rows = rowSums(recording, session.id);
  expect(summary.messages).toBe(rows.messages);
  expect(summary.toolCalls).toBe(sum(Object.values(rows.tools)));
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = summary.tokens;
  expect({ uncachedInput, cacheRead, cacheWrite, reasoning }).toEqual({
    uncachedInput: rows.tokens.input,
    cacheRead: rows.tokens.read,
    cacheWrite: rows.tokens.write,
    reasoning: rows.tokens.reasoning,
  });
  expect(countsReasoningInside(recording.version) ? output + reasoning : output).toBe(rows.tokens.output);
  expect(summary.costUsd ?? 0).toBeCloseTo(rows.cost, 9);
}
