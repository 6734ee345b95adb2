import { spanPaint, statePaint } from "../../flame/palette.js";
import type { CriticalPathEntry, Report, ReportSpan } from "../../model/report.js";
import { formatDuration, formatShare, plural, UNKNOWN } from "../../report/format.js";
import { shortened } from "../../report/visible.js";
import { cellBar, swatch } from "../bar-svg.js";
import { durationFigure, textFigure } from "./figure.js";
import { STATE_LABELS } from "./labels.js";
import type { SpanLink, SpanLinks } from "./span-links.js";
import { cutTable, packedRows } from "./table.js";

/** Rows in the page, unless every row of every table is wanted. */
const SHOWN = 10;
const DETAIL_CHARS = 80;

/** The longest pieces of the turns' critical paths, and the sum of the others. */
export function criticalPathView(report: Report, links: SpanLinks, limit: number) {
  const longestFirst = [...report.time.criticalPath].sort((a, b) => b.ms - a.ms || a.spanId - b.spanId);
  const cut = cutTable(longestFirst, ({ ms }) => ms, Number.isFinite(limit) ? SHOWN : limit);
  const longestMs = longestFirst[0]?.ms || 1;
  const numbers = new Map(report.tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  const row = (entry: CriticalPathEntry) => entryView(entry, report, links, numbers, longestMs);
  const isUnknown = report.lacks?.includes("critical-path") ?? false;
  return {
    nothing: isUnknown ? "Not worked out by the release that made this report." : "No turn with a time of its own.",
    rows: cut.shown.map(row),
    packed: packedRows("critical-path", cut, row),
    rest:
      cut.rest.length === 0
        ? null
        : {
            label: plural(cut.rest.length, "further piece"),
            duration: formatDuration(cut.rest.reduce((sum, { ms }) => sum + ms, 0)),
          },
  };
}

function entryView(
  entry: CriticalPathEntry,
  { spans, summary }: Report,
  links: SpanLinks,
  numbers: ReadonlyMap<string, number>,
  longestMs: number,
) {
  const { turnId, spanId, ms, state, savesAtLeastMs, savesAtMostMs } = entry;
  const span = spans[spanId] as ReportSpan;
  const callId = span.kind === "wait" ? span.parent : spanId;
  const call = spans[callId] as ReportSpan;
  const isWork = call.kind === "tool" && state !== "waiting-for-user" && state !== "overhead";
  const paint = isWork ? spanPaint(call) : statePaint(state);
  const [least, most] = [savesAtLeastMs, savesAtMostMs].map(formatDuration);
  const isActive = state !== "waiting-for-user" && state !== "unknown" && summary.activeMs > 0;
  return {
    swatch: swatch(paint),
    title: isWork ? call.name : STATE_LABELS[state],
    link: links(spanId),
    detail: shortened(detailOf(call, callId, spans), DETAIL_CHARS),
    turn: turnView(spans[turnId] as ReportSpan, links(turnId), numbers),
    figures: [
      durationFigure(ms),
      textFigure(isActive ? formatShare(ms / summary.activeMs) : UNKNOWN),
      textFigure(least === most ? `${least}` : `${least} to ${most}`, savesAtLeastMs),
    ],
    bar: cellBar([[ms / longestMs, paint]]),
  };
}

function turnView({ messageId = "" }: ReportSpan, link: SpanLink | null, numbers: ReadonlyMap<string, number>) {
  const number = numbers.get(messageId);
  return number === undefined ? null : { link, text: `#${number}` };
}

/** What a model call answered, a tool was called on, and where overhead lay. */
function detailOf(call: ReportSpan, callId: number, spans: readonly ReportSpan[]): string {
  if (call.kind === "tool") return [call.state === "running-tools" ? "" : call.name, call.args ?? ""].join(" ").trim();
  if (call.kind === "turn") return "before the first step and between steps";
  if (call.kind === "subagent") return `in the subagent ${call.name}`;
  const step = call.kind === "model" ? (spans[(spans[callId] as ReportSpan).parent] as ReportSpan) : call;
  if (call.kind === "step") return step.name ? `in the step: ${step.name}` : "in a step";
  return call.error ? `Failed: ${call.error}` : step.name;
}
