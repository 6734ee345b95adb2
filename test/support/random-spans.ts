import fc from "fast-check";
import type { SpanDraft } from "../../src/load/span-tree.js";
import { toolSpanDraft } from "./session-text.js";

const KINDS = ["turn", "step", "model", "tool", "tool", "subagent"] as const;

/** Anything a broken record could hold: overlaps, zero lengths, missing ends, ends before starts, children outside parents. */
const randomSpan = fc.record({
  kind: fc.constantFrom(...KINDS),
  parent: fc.nat(),
  startAt: fc.integer({ min: 0, max: 400 }),
  length: fc.oneof(fc.constant(null), fc.constant(0), fc.integer({ min: -50, max: 300 })),
  first: fc.option(fc.integer({ min: -20, max: 500 })),
  wait: fc.option(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 200 }))),
  unfinished: fc.boolean(),
});
type RandomSpan = typeof randomSpan extends fc.Arbitrary<infer T> ? T : never;

export const spanDrafts: fc.Arbitrary<SpanDraft[]> = fc
  .array(randomSpan, { maxLength: 40 })
  .map((random) => [
    { kind: "session", parent: -1, name: "session", startAt: 0, endAt: null, status: "ok", basis: "measured" },
    ...random.map((span, i) => draft(span, i + 1)),
  ]);

/** Every other turn hangs under the session, so that there are gaps between turns. */
function draft({ kind, parent, startAt, length, first, wait, unfinished }: RandomSpan, i: number): SpanDraft {
  const interval = wait && { startAt: wait[0], endAt: wait[0] + wait[1] };
  const common = {
    parent: kind === "turn" ? 0 : parent % i,
    name: kind,
    startAt,
    endAt: length === null ? null : startAt + length,
    status: unfinished ? ("unfinished" as const) : ("ok" as const),
    basis: "measured" as const,
  };
  if (kind === "turn") return { kind, ...common, trigger: "prompt", promptedAt: startAt, message: null };
  if (kind === "step") return { kind, ...common, message: 0 };
  if (kind === "model")
    return { kind, ...common, message: 0, model: "p/m", firstOutputAt: first, retrying: interval, phases: [] };
  if (kind === "subagent") return { kind, ...common, sessionId: `ses_${i}`, agent: null, startedBy: null };
  return toolSpanDraft(common, `call_${i}`, interval);
}

/** Each span inside the one before it. */
export function chainOfDrafts(length: number): SpanDraft[] {
  return Array.from({ length }, (_, i): SpanDraft => {
    const common = {
      parent: i - 1,
      name: "s",
      startAt: i,
      endAt: 2 * length - i,
      status: "ok" as const,
      basis: "measured" as const,
    };
    return i === 0 ? { kind: "session", ...common } : { kind: "step", ...common, message: 0 };
  });
}
