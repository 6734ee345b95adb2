import type { Report, ReportSpan } from "../model/report.js";
import type { EpochMs } from "../model/units.js";
import { type Columns, columnsOf, type Json, jsonOf } from "./columns.js";

/** What a page carries: `isRelative` where times are told from those around them, as they are unless one is a fraction. */
interface Encoded {
  readonly isRelative: boolean;
  readonly columns: Columns;
}

/** The Report as the text that a page carries: by columns, and small numbers wherever one figure tells most of another. */
export function encodedReport(report: Report): string {
  const isRelative = [report.session.startedAt, ...report.spans.flatMap(timesOf)].every(Number.isSafeInteger);
  const told = isRelative ? withSpans(toldFromSpans(report, relativeRow), report.spans.map(relativeSpan)) : report;
  return JSON.stringify({ isRelative, columns: columnsOf(told as unknown as Json) } satisfies Encoded);
}

/** The Report of `encodedReport`, equal to the last byte when written as JSON. */
export function decodedReport(text: string): Report {
  const { isRelative, columns } = JSON.parse(text) as Encoded;
  const told = jsonOf(columns) as unknown as Report;
  if (!isRelative) return told;
  const report = withSpans(told, told.spans.map(absoluteSpan));
  return toldFromSpans(report, absoluteRow);
}

function timesOf({ startMs, endMs, selfMs }: ReportSpan): number[] {
  return [startMs, endMs, selfMs];
}

function withSpans(report: Report, spans: readonly ReportSpan[]): Report {
  return { ...report, spans };
}

/** Parents stand shortly before their children, ends shortly behind starts, and much time is a span's own. */
function relativeSpan(span: ReportSpan, id: number): ReportSpan {
  const lengthMs = span.endMs - span.startMs;
  return { ...span, parent: id - span.parent, endMs: lengthMs, selfMs: lengthMs - span.selfMs };
}

function absoluteSpan(span: ReportSpan, id: number): ReportSpan {
  return { ...span, parent: id - span.parent, endMs: span.startMs + span.endMs, selfMs: span.endMs - span.selfMs };
}

type Row = Record<string, unknown>;
type TellRow = (row: Row, span: ReportSpan, startedAt: EpochMs) => Row;

/** Rows of tables that are about a span say much of what that says. */
function toldFromSpans(report: Report, tell: TellRow): Report {
  const { time, tokens, spans, session } = report;
  const told = <T extends { readonly spanId: number | null }>(rows: readonly T[]): readonly T[] =>
    rows.map((row) => {
      const span = spans[row.spanId ?? -1];
      return span ? (tell(row as unknown as Row, span, session.startedAt) as unknown as T) : row;
    });
  return {
    ...report,
    time: {
      ...time,
      modelCalls: told(time.modelCalls),
      toolCalls: told(time.toolCalls),
      criticalPath: told(time.criticalPath),
    },
    tokens: { ...tokens, byMessage: told(tokens.byMessage), composition: told(tokens.composition) },
  };
}

/** Texts that a row has from its span: there they stand as 0. */
const SAME = ["messageId", "model", "tool", "callId", "status", "basis", "state"] as const;
/** Instants near the span's start or end, and lengths near its own time: what they are more than that. */
const NEAR: Readonly<Record<string, (span: ReportSpan, startedAt: EpochMs) => number>> = {
  startedAt: ({ startMs }, startedAt) => startedAt + startMs,
  calledAt: ({ startMs }, startedAt) => startedAt + startMs,
  firstOutputAt: ({ startMs }, startedAt) => startedAt + startMs,
  endedAt: ({ endMs }, startedAt) => startedAt + endMs,
  ms: ({ selfMs }) => selfMs,
  savesAtLeastMs: ({ selfMs }) => selfMs,
  savesAtMostMs: ({ selfMs }) => selfMs,
};

function relativeRow(row: Row, span: ReportSpan, startedAt: EpochMs): Row {
  const told = { ...row };
  for (const key of SAME) if (key in row && row[key] === span[key]) told[key] = 0;
  for (const key in NEAR)
    if (Number.isSafeInteger(row[key])) told[key] = (row[key] as number) - near(key, span, startedAt);
  return told;
}

function absoluteRow(row: Row, span: ReportSpan, startedAt: EpochMs): Row {
  const told = { ...row };
  for (const key of SAME) if (row[key] === 0) told[key] = span[key];
  for (const key in NEAR)
    if (Number.isSafeInteger(row[key])) told[key] = (row[key] as number) + near(key, span, startedAt);
  return told;
}

function near(key: string, span: ReportSpan, startedAt: EpochMs): number {
  return NEAR[key]?.(span, startedAt) ?? 0;
}
