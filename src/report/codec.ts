import type { CompositionRow, Report, ReportSpan } from "../model/report.js";
import { type Columns, columnsOf, type Json, jsonOf } from "./columns.js";
import { withToldRows, withWholeRows } from "./told-rows.js";
import { spansOfTold, toldSpans } from "./told-spans.js";

/** What a page carries: `isTold` where figures are told from those around them, as they are unless a time is a fraction. */
interface Encoded {
  readonly isTold: boolean;
  readonly columns: Columns;
}

/** The Report as the text that a page carries: by columns, and small numbers wherever one figure tells most of another. */
export function encodedReport(report: Report): string {
  const isWhole = [report.session.startedAt, ...report.spans.flatMap(timesOf)].every(Number.isSafeInteger);
  const spans = isWhole ? toldSpans(report.spans) : null;
  const told = spans ? { ...withToldRows(withPartsByKind(report)), spans } : report;
  return JSON.stringify({ isTold: spans !== null, columns: columnsOf(told as unknown as Json) } satisfies Encoded);
}

/** The Report of `encodedReport`, equal to the last byte when written as JSON. */
export function decodedReport(text: string): Report {
  const { isTold, columns } = JSON.parse(text) as Encoded;
  const told = jsonOf(columns) as unknown as Report;
  return isTold ? withPartsInOrder(withWholeRows({ ...told, spans: spansOfTold(told.spans) })) : told;
}

function timesOf({ startMs, endMs, selfMs }: ReportSpan): number[] {
  return [startMs, endMs, selfMs];
}

type Parts = CompositionRow["parts"];

/** From call to call a part of one kind changes little: each kind gets a column of its own. */
function withPartsByKind(report: Report): Report {
  return withParts(report, (parts) => {
    const tokens = Object.fromEntries(parts.map((part) => [part.kind, part.tokens]));
    return Object.keys(tokens).length === parts.length ? (tokens as unknown as Parts) : parts;
  });
}

function withPartsInOrder(report: Report): Report {
  return withParts(report, (parts) =>
    Array.isArray(parts)
      ? parts
      : (Object.entries(parts).map(([kind, tokens]) => ({ kind, tokens })) as unknown as Parts),
  );
}

function withParts(report: Report, of: (parts: Parts) => Parts): Report {
  const { tokens } = report;
  const composition = tokens.composition.map((row) => ({ ...row, parts: of(row.parts) }));
  return { ...report, tokens: { ...tokens, composition } };
}
