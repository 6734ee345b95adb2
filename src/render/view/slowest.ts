import { spanPaint, statePaint } from "../../flame/palette.js";
import type { Report, ReportSpan, SlowOperation } from "../../model/report.js";
import { formatBytes, formatShare, relativePath } from "../../report/format.js";
import { cellBar, swatch } from "../bar-svg.js";
import { durationFigure } from "./figure.js";
import type { SpanLinks } from "./span-links.js";

/** One row of the slowest operations. */
export function slowRow(
  { rank, spanId, title, durationMs, detail, note }: SlowOperation,
  report: Report,
  links: SpanLinks,
) {
  const { spans, summary, slowest, session } = report;
  const span = spans[spanId] as ReportSpan;
  const longest = slowest[0]?.durationMs || 1;
  const bytes = span.files?.[0]?.bytes;
  const what = span.kind === "tool" ? relativePath(detail, session.directory) : detail;
  const share = summary.activeMs > 0 ? Math.min(1, durationMs / summary.activeMs) : null;
  return {
    rank: String(rank),
    swatch: swatch(spanPaint(span)),
    title,
    link: links(spanId),
    detail: bytes === undefined ? what : `${what} (${formatBytes(bytes)})`,
    note,
    isTrouble: span.status !== "ok",
    duration: durationFigure(durationMs),
    share: formatShare(share),
    bar: cellBar(partsOf(spanId, spans).map(({ ms, paint }) => [ms / longest, paint])),
  };
}

/** A call's waits and the rest of it, each in its colour. */
function partsOf(spanId: number, spans: readonly ReportSpan[]) {
  const call = spans[spanId] as ReportSpan;
  const waits = spans.filter(({ kind, parent }) => kind === "wait" && parent === spanId);
  return [...waits, call].map((span) => {
    const isCall = span === call;
    return {
      ms: isCall ? call.selfMs : span.endMs - span.startMs,
      paint: isCall ? spanPaint(call) : statePaint(span.state),
    };
  });
}
