import { frozenCopy } from "../model/frozen-copy.js";
import type { Note, Span } from "../model/session.js";
import type { EpochMs, Interval } from "../model/units.js";

/** A span whose end may be missing and whose times may be anything. Its parent stands before it in the list. */
export type SpanDraft = Span extends infer S ? (S extends Span ? Draft<S> : never) : never;
type Draft<S extends Span> = { -readonly [K in keyof S]: K extends "endAt" ? EpochMs | null : S[K] };

export interface SpanTree {
  /** Frozen, in pre-order, siblings in start order, children inside their parents. */
  readonly spans: readonly Span[];
  /** Where each draft has gone: `spans[indexOf[i]]` was `drafts[i]`. */
  readonly indexOf: readonly number[];
  /** What had to be mended. */
  readonly notes: readonly Note[];
}

/**
 * Makes a well-formed tree of whatever was recorded: a missing end becomes the last end inside the span, an end before
 * its start gives length 0, and what lies outside its parent is cut. Iterative: a session can be 50,000 spans deep.
 */
export function spanTree(drafts: readonly SpanDraft[]): SpanTree {
  const times = drafts.map(({ startAt }) => ({ startAt, endAt: startAt }));
  const reversed = settleEnds(drafts, times);
  const clipped = clipToParents(drafts, times);
  const order = preOrder(drafts, times);
  const indexOf = new Array<number>(drafts.length);
  order.forEach((draft, index) => {
    indexOf[draft] = index;
  });
  const spans = order.map((i) => {
    const draft = drafts[i] as SpanDraft;
    return settled(draft, times[i] as Interval, times[draft.parent], indexOf);
  });
  return { spans: Object.freeze(spans), indexOf, notes: mendings(reversed, clipped) };
}

type Times = { startAt: EpochMs; endAt: EpochMs }[];

/** From the last span to the first, so that children come before their parents. Counts the ends before their starts. */
function settleEnds(drafts: readonly SpanDraft[], times: Times): number {
  let reversed = 0;
  const lastInside = times.map(({ startAt }) => startAt);
  for (let i = drafts.length - 1; i >= 0; i--) {
    const { startAt, endAt, parent } = drafts[i] as SpanDraft;
    if (endAt !== null && endAt < startAt) reversed++;
    const end = Math.max(startAt, endAt ?? (lastInside[i] as number));
    (times[i] as { endAt: EpochMs }).endAt = end;
    if (parent >= 0) lastInside[parent] = Math.max(lastInside[parent] as number, end);
  }
  return reversed;
}

function clipToParents(drafts: readonly SpanDraft[], times: Times): number {
  let clipped = 0;
  drafts.forEach(({ parent }, i) => {
    const outer = times[parent];
    const own = times[i] as Times[number];
    if (!outer || (own.startAt >= outer.startAt && own.endAt <= outer.endAt)) return;
    own.startAt = clamp(own.startAt, outer);
    own.endAt = clamp(own.endAt, outer);
    clipped++;
  });
  return clipped;
}

/** The drafts' indices, parents before children, siblings by start; equal starts keep their order. */
function preOrder(drafts: readonly SpanDraft[], times: Times): number[] {
  const children = drafts.map((): number[] => []);
  const stack: number[] = [];
  for (let i = drafts.length - 1; i >= 0; i--) {
    const siblings = children[(drafts[i] as SpanDraft).parent] ?? stack;
    siblings.push(i);
  }
  // Lists and stack are last first, so that the first is popped first.
  const lastFirst = (a: number, b: number) => (times[b] as Interval).startAt - (times[a] as Interval).startAt || b - a;
  const order: number[] = [];
  while (stack.length > 0) {
    const i = stack.pop() as number;
    order.push(i);
    for (const child of (children[i] as number[]).sort(lastFirst)) stack.push(child);
  }
  return order;
}

/** `outer`: the times of the span around it, which the root has not. */
function settled(
  draft: SpanDraft,
  { startAt, endAt }: Interval,
  outer: Interval | undefined,
  indexOf: readonly number[],
): Span {
  const parent = draft.parent < 0 ? -1 : (indexOf[draft.parent] as number);
  const common = { parent, startAt, endAt };
  const own = { startAt, endAt };
  const held = "heldUp" in draft ? { heldUp: draft.heldUp?.map((hold) => clipped(hold, own)) ?? [] } : {};
  if (draft.kind === "model") {
    const firstOutputAt = draft.firstOutputAt === null ? null : clamp(draft.firstOutputAt, own);
    const retrying = draft.retrying && clipped(draft.retrying, own);
    const phases = draft.phases.map((phase) => ({ ...phase, ...clipped(phase, own) }));
    return frozenCopy(draft, { firstOutputAt, retrying, phases, ...common, ...held });
  }
  if (draft.kind === "tool") {
    const userWaits = draft.userWaits.map((wait) => clipped(wait, own));
    const calledAt = clamp(draft.calledAt, { startAt: outer?.startAt ?? startAt, endAt: startAt });
    return frozenCopy(draft, { calledAt, userWaits, ...common, ...held });
  }
  return frozenCopy(draft, common);
}

function clipped({ startAt, endAt }: Interval, outer: Interval): Interval {
  const start = clamp(startAt, outer);
  return { startAt: start, endAt: Math.max(start, clamp(endAt, outer)) };
}

function clamp(at: EpochMs, { startAt, endAt }: Interval): EpochMs {
  return Math.min(Math.max(at, startAt), endAt);
}

function mendings(reversed: number, clipped: number): Note[] {
  const notes: Note[] = [];
  const spans = (n: number) => (n === 1 ? "1 span" : `${n} spans`);
  if (reversed > 0)
    notes.push({ kind: "repaired", text: `${spans(reversed)} ended before the start; shown with length 0.` });
  if (clipped > 0)
    notes.push({
      kind: "repaired",
      text: `${spans(clipped)} reached outside the enclosing span; the part outside was cut off.`,
    });
  return notes;
}
