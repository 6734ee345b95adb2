import type { Report, ReportSpan } from "../model/report.js";
import type { EpochMs } from "../model/units.js";
import { type Columns, jsonOf } from "./columns.js";
import { isFields } from "./fields.js";
import { plainTexts } from "./packed-texts.js";

/** What pages carried before figures were told from all that is around them, not from their own span alone. */
export interface EarlierPacking {
  readonly isRelative: boolean;
  readonly columns: { readonly texts: readonly string[]; readonly values: Columns["values"] };
}

export function isEarlierPacking(encoded: object): encoded is EarlierPacking {
  return (
    "isRelative" in encoded && "columns" in encoded && isFields(encoded.columns) && Array.isArray(encoded.columns.texts)
  );
}

/** The columns as pages carry them today. */
export function columnsOfEarlier({ texts, values }: EarlierPacking["columns"]): Columns {
  return { texts: plainTexts(texts), values };
}

/** The Report of such a page, equal to the last byte when written as JSON. */
export function earlierReport({ isRelative, columns }: EarlierPacking): Report {
  const told = jsonOf(columnsOfEarlier(columns)) as unknown as Report;
  return isRelative ? withWholeRows({ ...told, spans: told.spans.map(wholeSpan) }) : told;
}

/** Parents were told by how far before they stand, ends by the span's length, own times by what children cover. */
function wholeSpan(span: ReportSpan, id: number): ReportSpan {
  return { ...span, parent: id - span.parent, endMs: span.startMs + span.endMs, selfMs: span.endMs - span.selfMs };
}

/** Rows of tables that are about a span. */
function withWholeRows(report: Report): Report {
  const { time, tokens, spans, session } = report;
  const whole = <T extends { readonly spanId: number | null }>(rows: readonly T[]): readonly T[] =>
    rows.map((row) => {
      const span = spans[row.spanId ?? -1];
      return span ? (wholeRow(row as unknown as Row, span, session.startedAt) as unknown as T) : row;
    });
  return {
    ...report,
    time: {
      ...time,
      modelCalls: whole(time.modelCalls),
      toolCalls: whole(time.toolCalls),
      criticalPath: whole(time.criticalPath),
    },
    tokens: { ...tokens, byMessage: whole(tokens.byMessage), composition: whole(tokens.composition) },
  };
}

type Row = Record<string, unknown>;

/** Texts that a row had from its span stood there as 0. */
const SAME = ["messageId", "model", "tool", "callId", "status", "basis", "state"] as const;
/** Instants and lengths were told as what they were more than these. */
const NEAR: Readonly<Record<string, (span: ReportSpan, startedAt: EpochMs) => number>> = {
  startedAt: ({ startMs }, startedAt) => startedAt + startMs,
  calledAt: ({ startMs }, startedAt) => startedAt + startMs,
  firstOutputAt: ({ startMs }, startedAt) => startedAt + startMs,
  endedAt: ({ endMs }, startedAt) => startedAt + endMs,
  ms: ({ selfMs }) => selfMs,
  savesAtLeastMs: ({ selfMs }) => selfMs,
  savesAtMostMs: ({ selfMs }) => selfMs,
};

function wholeRow(row: Row, span: ReportSpan, startedAt: EpochMs): Row {
  const whole = { ...row };
  for (const key of SAME) if (row[key] === 0) whole[key] = span[key];
  for (const [key, near] of Object.entries(NEAR))
    if (Number.isSafeInteger(row[key])) whole[key] = (row[key] as number) + near(span, startedAt);
  return whole;
}
