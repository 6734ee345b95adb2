import type { ReportSpan } from "../../model/report.js";

/**
 * A link to a span in the chart. `href` leads to a bar of the picture that needs no script: the span's own, or the nearest
 * one that it lies in; then `span` says which is meant.
 */
export interface SpanLink {
  readonly href: string;
  readonly span: number | null;
}

/** null where there is no such span, or no picture. */
export type SpanLinks = (spanId: number | null) => SpanLink | null;

/** `anchors`: the spans that have a bar of their own. */
export function spanLinks(spans: readonly ReportSpan[], anchors: ReadonlySet<number>): SpanLinks {
  return (spanId) => {
    let drawn = spanId ?? -1;
    while (drawn >= 0 && !anchors.has(drawn)) drawn = spans[drawn]?.parent ?? -1;
    return spanId === null || drawn < 0 ? null : { href: `#s${drawn}`, span: drawn === spanId ? null : spanId };
  };
}
