import type { FoldedSpans, Report, ReportNote, ReportSpan } from "../model/report.js";
import type { Milliseconds } from "../model/units.js";
import { formatCount, formatDuration } from "../report/format.js";
import { withMovedSpans } from "./moved-spans.js";
import { waitsIn } from "./waits-in.js";

/** With more the charts of a page would be slow to start and to search; most of their bars are far under a pixel. */
const MOST_SPANS = 200_000;

/**
 * The Report with at most so many spans, where those that must stay leave it the choice: the shortest that hold no other
 * are taken out, calls with the waits in them, and what then holds none, until they are few enough. Session, turns and the slowest operations stay; so
 * does what suggestions show, what subagents took and the pauses between turns, as long as others are left. What refers to
 * a span that was taken out refers to the nearest one that it lay in, which says what is folded in it. All other figures,
 * the own times of spans too, stay as they are. No recursion; O(n log n).
 */
export function foldSpans(report: Report, mostSpans = MOST_SPANS): Report {
  const { spans } = report;
  if (spans.length <= mostSpans) return report;
  const isFolded = foldedSpans(report, mostSpans);
  const keptIn = nearestKept(spans, isFolded);
  const newIds = idsOfKept(isFolded);
  const folded = foldedBySpan(spans, isFolded, keptIn);
  const kept = spans.flatMap((span, id) => {
    if (isFolded[id]) return [];
    const foldedIn = folded.get(id);
    return [{ ...span, parent: newIds[span.parent] ?? -1, ...(foldedIn ? { folded: foldedIn } : {}) }];
  });
  const moved = withMovedSpans(report, (id) => newIds[keptIn[id] ?? -1] ?? id);
  return { ...moved, spans: kept, notes: [noteOf(spans, isFolded), ...report.notes] };
}

/** How long a span is kept: what stays in any case, what others go before, and the rest by its length. */
type Standing = "always" | "rather" | "by-length";

/** Children are never longer than what holds them, and stand behind it: so they are looked at before it. */
function foldedSpans(report: Report, mostSpans: number): boolean[] {
  const { spans } = report;
  const standings = standingsOf(report);
  const byLength = idsByLength(spans).filter((id) => standings[id] !== "always");
  const childrenLeft = childCounts(spans);
  const isFolded = spans.map(() => false);
  let left = spans.length;
  for (const standing of ["by-length", "rather"]) {
    for (const id of byLength) {
      if (left <= mostSpans) return isFolded;
      const mayGo = standing === "rather" || standings[id] === "by-length";
      if (isFolded[id] || !mayGo || childrenLeft[id] !== 0) continue;
      const { parent } = spans[id] as ReportSpan;
      childrenLeft[parent] = (childrenLeft[parent] as number) - 1;
      const ids = [id, ...waitsIn(id, spans)];
      for (const each of ids) isFolded[each] = true;
      left -= ids.length;
    }
  }
  return isFolded;
}

/** The shortest first; without waits, which go with their call: without them it would be drawn as something that it was not. */
function idsByLength(spans: readonly ReportSpan[]): number[] {
  const lengthOf = (id: number) => (spans[id] as ReportSpan).endMs - (spans[id] as ReportSpan).startMs;
  const ids = spans.flatMap(({ kind }, id) => (kind === "wait" ? [] : [id]));
  return ids.sort((a, b) => lengthOf(a) - lengthOf(b) || b - a);
}

function childCounts(spans: readonly ReportSpan[]): number[] {
  const counts = spans.map(() => 0);
  for (const { kind, parent } of spans)
    if (kind !== "wait" && parent >= 0) counts[parent] = (counts[parent] as number) + 1;
  return counts;
}

function standingsOf({ spans, slowest, suggestions }: Report): Standing[] {
  const callOf = (id: number) => (spans[id]?.kind === "wait" ? (spans[id]?.parent as number) : id);
  const slow = new Set(slowest.map(({ spanId }) => spanId));
  const shown = new Set(suggestions.flatMap(({ evidence }) => evidence.map(callOf)));
  return spans.map(({ kind }, id) => {
    if (kind === "session" || kind === "turn" || slow.has(id)) return "always";
    return kind === "user" || kind === "subagent" || shown.has(id) ? "rather" : "by-length";
  });
}

/** Of each span itself, or the nearest one around it that is kept. */
function nearestKept(spans: readonly ReportSpan[], isFolded: readonly boolean[]): number[] {
  const nearest: number[] = [];
  spans.forEach(({ parent }, id) => {
    nearest.push(isFolded[id] ? (nearest[parent] as number) : id);
  });
  return nearest;
}

function idsOfKept(isFolded: readonly boolean[]): number[] {
  let next = 0;
  return isFolded.map((folded) => (folded ? -1 : next++));
}

function foldedBySpan(
  spans: readonly ReportSpan[],
  isFolded: readonly boolean[],
  keptIn: readonly number[],
): ReadonlyMap<number, FoldedSpans> {
  const byKept = new Map<number, FoldedSpans>();
  spans.forEach(({ state, selfMs }, id) => {
    if (!isFolded[id]) return;
    const kept = keptIn[id] as number;
    const { count, selfMs: sums } = byKept.get(kept) ?? { count: 0, selfMs: {} };
    byKept.set(kept, { count: count + 1, selfMs: { ...sums, [state]: (sums[state] ?? 0) + selfMs } });
  });
  return byKept;
}

function noteOf(spans: readonly ReportSpan[], isFolded: readonly boolean[]): ReportNote {
  const folded = spans.filter((_, id) => isFolded[id]);
  const ownMs = folded.reduce((sum, { selfMs }) => sum + selfMs, 0);
  const longestMs = folded.reduce<Milliseconds>((most, { startMs, endMs }) => Math.max(most, endMs - startMs), 0);
  return {
    kind: "info",
    text: `${formatCount(folded.length)} of ${formatCount(spans.length)} spans are folded into what they lay in, so that the charts stay quick: none of them took longer than ${formatDuration(longestMs)}, all of them together ${formatDuration(ownMs)}. Every total and every table counts them; only the charts have no bars for them.`,
  };
}
