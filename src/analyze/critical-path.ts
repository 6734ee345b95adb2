import type { CriticalPathEntry, ReportSpan } from "../model/report.js";
import type { Milliseconds } from "../model/units.js";

/** A piece of a turn's time, and the span whose work it was. */
interface Segment {
  readonly spanId: number;
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/**
 * What each turn's end waited for, walked back from its end: at every instant the span that ended there, else the answer
 * that was streaming, else the parent's own time. A call that merely ran beside is on no path: nothing waited for it.
 * The entries of a turn sum to its wall time. Iterative; O(n log n).
 */
export function criticalPath(spans: readonly ReportSpan[]): CriticalPathEntry[] {
  const children = spans.map((): number[] => []);
  for (const [id, { parent }] of spans.entries()) children[parent]?.push(id);
  return spans.flatMap((span, turnId) => {
    if (span.kind !== "turn" || span.parent !== 0) return [];
    return entriesOf(pathOf(turnId, spans, children), turnId, spans);
  });
}

/** One step of the walk: a span, how far back it has been walked, and the children that may still be met. */
interface Frame {
  readonly id: number;
  cursorMs: Milliseconds;
  /** By end, the latest last. */
  readonly ahead: number[];
  /** Answers that end after the cursor. */
  open: number[];
  /** When the call that was walked last had been asked for: until it began, the time is the parent's own. */
  askedMs: Milliseconds | null;
}

function pathOf(turnId: number, spans: readonly ReportSpan[], children: readonly (readonly number[])[]): Segment[] {
  const segments: Segment[] = [];
  const spanOf = (id: number) => spans[id] as ReportSpan;
  const frame = (id: number, cursorMs: Milliseconds): Frame => {
    const byEnd = (a: number, b: number) => spanOf(a).endMs - spanOf(b).endMs || spanOf(b).startMs - spanOf(a).startMs;
    return { id, cursorMs, ahead: [...(children[id] as number[])].sort(byEnd), open: [], askedMs: null };
  };
  const add = (top: Frame, untilMs: Milliseconds) => {
    if (untilMs < top.cursorMs) segments.push({ spanId: top.id, startMs: untilMs, endMs: top.cursorMs });
    top.cursorMs = Math.min(top.cursorMs, untilMs);
  };
  const stack = [frame(turnId, spanOf(turnId).endMs)];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (top.askedMs !== null) add(top, Math.max(top.askedMs, spanOf(top.id).startMs));
    const next = nextChild(top, spans);
    top.askedMs = next === null ? null : (spanOf(next).calledMs ?? null);
    const untilMs = next === null ? spanOf(top.id).startMs : Math.min(spanOf(next).endMs, top.cursorMs);
    add(top, untilMs);
    if (next === null) stack.pop();
    else {
      top.cursorMs = spanOf(next).startMs;
      stack.push(frame(next, untilMs));
    }
  }
  return segments.reverse();
}

/** The child that ended at the cursor, else an answer that was streaming then, else the last that ended before it. */
function nextChild(frame: Frame, spans: readonly ReportSpan[]): number | null {
  const { ahead, cursorMs } = frame;
  const spanAhead = () => spans[ahead.at(-1) ?? -1];
  for (let last = spanAhead(); last && last.endMs > cursorMs; last = spanAhead()) {
    const id = ahead.pop() as number;
    if (last.kind === "model") frame.open.push(id);
  }
  frame.open = frame.open.filter((id) => (spans[id] as ReportSpan).startMs < cursorMs);
  for (let last = spanAhead(); last && last.startMs >= cursorMs; last = spanAhead()) ahead.pop(); // of no length
  if (spanAhead()?.endMs === cursorMs) return ahead.pop() as number;
  return frame.open.pop() ?? ahead.pop() ?? null;
}

function entriesOf(path: readonly Segment[], turnId: number, spans: readonly ReportSpan[]): CriticalPathEntry[] {
  const alone = aloneMs(path, turnId, spans);
  const entries = new Map<number, { ms: Milliseconds; savesAtLeastMs: Milliseconds }>();
  path.forEach(({ spanId, startMs, endMs }, i) => {
    const entry = entries.get(spanId) ?? { ms: 0, savesAtLeastMs: 0 };
    entries.set(spanId, {
      ms: entry.ms + endMs - startMs,
      savesAtLeastMs: entry.savesAtLeastMs + (alone[i] as number),
    });
  });
  return [...entries].map(([spanId, { ms, savesAtLeastMs }]) => {
    const { state } = spans[spanId] as ReportSpan;
    return { turnId, spanId, ms, state, savesAtLeastMs, savesAtMostMs: ms };
  });
}

/**
 * Of each segment, the time in which nothing was under way but its own span and what holds that: had the span taken no
 * time, at least that much would have been saved. One sweep over both lists.
 */
function aloneMs(path: readonly Segment[], turnId: number, spans: readonly ReportSpan[]): Milliseconds[] {
  const { edges, depthOf } = withinTurn(turnId, spans);
  let open = 0;
  let next = 0;
  return path.map(({ spanId, startMs, endMs }) => {
    const own = depthOf.get(spanId) ?? 0;
    let alone = 0;
    for (let cursorMs = startMs; cursorMs < endMs; ) {
      for (; (edges[next]?.atMs ?? Number.POSITIVE_INFINITY) <= cursorMs; next++) open += edges[next]?.change ?? 0;
      const untilMs = Math.min(edges[next]?.atMs ?? endMs, endMs);
      if (open === own) alone += untilMs - cursorMs;
      cursorMs = untilMs;
    }
    return alone;
  });
}

interface Edge {
  readonly atMs: Milliseconds;
  readonly change: 1 | -1;
}

/** When the spans of a turn begin and end, waits apart, and how many of them hold each one, itself included. */
function withinTurn(turnId: number, spans: readonly ReportSpan[]) {
  const edges: Edge[] = [];
  const depthOf = new Map([[turnId, 0]]);
  // In pre-order a turn's descendants follow it, until the next child of the session.
  for (let id = turnId + 1; (spans[id]?.parent ?? -1) >= turnId; id++) {
    const { kind, parent, startMs, endMs } = spans[id] as ReportSpan;
    const depth = depthOf.get(parent) as number;
    depthOf.set(id, kind === "wait" ? depth : depth + 1);
    if (kind !== "wait" && endMs > startMs) edges.push({ atMs: startMs, change: 1 }, { atMs: endMs, change: -1 });
  }
  edges.sort((a, b) => a.atMs - b.atMs);
  return { edges, depthOf };
}
