import type { FoldedSpans, ReportSpan } from "../model/report.js";
import { formatDuration, plural } from "./format.js";

/** What charts say of the spans that a very long session has no bars for; empty where it has them all. */
export function foldedWords(spans: readonly ReportSpan[]): string {
  const count = spans.reduce((sum, { folded }) => sum + (folded?.count ?? 0), 0);
  return count === 0 ? "" : `${plural(count, "short span")} folded into what they lay in`;
}

/** What is folded in one span: `12 short spans, 850 ms`. */
export function foldedText({ count, selfMs }: FoldedSpans): string {
  return `${plural(count, "short span")}, ${formatDuration(Object.values(selfMs).reduce((sum, ms) => sum + ms, 0))}`;
}
