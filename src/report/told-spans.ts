import type { ReportSpan } from "../model/report.js";
import type { Milliseconds } from "../model/units.js";

/**
 * A span as a page tells it, by what stands before it in pre-order and beneath it:
 * `parent`: how deep it lies; `startMs`: how long after the end of its last sibling, or after its parent's start; `endMs`:
 * how long after the end of what it holds, or after its own start; `selfMs`: what it is more than no child covers.
 */
type ToldSpan = ReportSpan;

/** A span on the way from the session to the one that is looked at. */
interface Open {
  readonly id: number;
  readonly startMs: Milliseconds;
  /** Where the next child is expected to begin. */
  cursorMs: Milliseconds;
  /** When the last of its children ends; its own start as long as it has none. */
  latestMs: Milliseconds;
  /** How much of it its children cover, where they stand in the order of their starts, and until when. */
  coveredMs: Milliseconds;
  coveredUntilMs: Milliseconds;
}

/** null where the spans are not in pre-order: then nothing of this holds. */
export function toldSpans(spans: readonly ReportSpan[]): ToldSpan[] | null {
  const told: ToldSpan[] = [];
  const open: Open[] = [];
  const close = (until: number) => {
    while (open.length > until) {
      const { id, latestMs, coveredMs } = open.pop() as Open;
      const { startMs, endMs, selfMs } = spans[id] as ReportSpan;
      const lengthMs = endMs - startMs;
      told[id] = { ...(told[id] as ToldSpan), endMs: endMs - latestMs, selfMs: selfMs - (lengthMs - coveredMs) };
      addChild(open.at(-1), startMs, endMs);
    }
  };
  for (const [id, span] of spans.entries()) {
    const depth = span.parent < 0 ? 0 : open.findLastIndex((one) => one.id === span.parent) + 1;
    if (depth === 0 && (span.parent !== -1 || id > 0)) return null;
    close(depth);
    told.push({ ...span, parent: depth, startMs: span.startMs - (open.at(-1)?.cursorMs ?? 0) });
    open.push(opened(id, span.startMs));
  }
  close(0);
  return told;
}

type Four = [number[], number[], number[], number[]];

/** The spans that `toldSpans` told. */
export function spansOfTold(told: readonly ToldSpan[]): ReportSpan[] {
  const [parents, starts, ends, selfs] = Array.from({ length: 4 }, () => told.map(() => 0)) as Four;
  const open: Open[] = [];
  const close = (until: number) => {
    while (open.length > until) {
      const { id, startMs, latestMs, coveredMs } = open.pop() as Open;
      const span = told[id] as ToldSpan;
      const endMs = latestMs + span.endMs;
      ends[id] = endMs;
      selfs[id] = endMs - startMs - coveredMs + span.selfMs;
      addChild(open.at(-1), startMs, endMs);
    }
  };
  for (const [id, span] of told.entries()) {
    close(span.parent);
    parents[id] = open.at(-1)?.id ?? -1;
    starts[id] = (open.at(-1)?.cursorMs ?? 0) + span.startMs;
    open.push(opened(id, starts[id]));
  }
  close(0);
  return told.map((span, id) => {
    const [parent, startMs] = [parents[id] as number, starts[id] as number];
    return { ...span, parent, startMs, endMs: ends[id] as number, selfMs: selfs[id] as number };
  });
}

function opened(id: number, startMs: Milliseconds): Open {
  return { id, startMs, cursorMs: startMs, latestMs: startMs, coveredMs: 0, coveredUntilMs: startMs };
}

function addChild(parent: Open | undefined, startMs: Milliseconds, endMs: Milliseconds): void {
  if (!parent) return;
  parent.cursorMs = endMs;
  parent.latestMs = Math.max(parent.latestMs, endMs);
  parent.coveredMs += Math.max(0, endMs - Math.max(startMs, parent.coveredUntilMs));
  parent.coveredUntilMs = Math.max(parent.coveredUntilMs, endMs);
}
