import type { Report, ReportSpan } from "../model/report.js";
import { state } from "./schema/figures.js";

/**
 * What of a Report from outside leads nowhere, in a few words; null where all is in its place: the session is the first
 * span, every other lies in one before it, in pre-order, none ends before it begins, whatever names a span names one that
 * is there, and the ledger has each state once. Who reads a Report relies on that.
 */
export function misplaced(report: Report): string | null {
  const { spans, time } = report;
  const ended = spans.findIndex(({ startMs, endMs }) => endMs < startMs);
  if (ended >= 0) return `spans.${ended} ends before it begins`;
  const lost = lostSpan(spans);
  if (lost !== null) return `spans.${lost} lies in no span before it`;
  if (!state.options.every((each) => time.ledger.filter((row) => row.state === each).length === 1))
    return "time.ledger has not each state once";
  const named = Object.entries(namedSpans(report));
  const [table] = named.find(([, ids]) => ids.some((id) => id >= spans.length)) ?? [];
  return table === undefined ? null : `${table} names a span that is not there`;
}

/** The first span whose parent is not the span before it or one that holds that. */
function lostSpan(spans: readonly ReportSpan[]): number | null {
  const open: number[] = [];
  for (const [id, { parent, kind }] of spans.entries()) {
    if ((id === 0) !== (kind === "session")) return id;
    while (open.length > 0 && open.at(-1) !== parent) open.pop();
    if ((open.at(-1) ?? -1) !== parent || (id > 0 && parent < 0)) return id;
    open.push(id);
  }
  return null;
}

/** Every id of a span that stands outside the spans, by the table in which it stands. */
function namedSpans({
  time,
  tokens,
  slowest,
  suggestions,
  ...report
}: Report): Readonly<Record<string, readonly number[]>> {
  const idsOf = (rows: readonly { readonly spanId: number | null }[]) => rows.flatMap(({ spanId }) => spanId ?? []);
  return {
    "time.modelCalls": idsOf(time.modelCalls),
    "time.toolCalls": idsOf(time.toolCalls),
    "time.criticalPath": time.criticalPath.flatMap(({ turnId, spanId }) => [turnId, spanId]),
    "time.subagents": time.subagents.flatMap(({ spanIds }) => spanIds),
    "tokens.byMessage": idsOf(tokens.byMessage),
    "tokens.byAgent": idsOf(tokens.byAgent),
    "tokens.byTurn": idsOf(tokens.byTurn),
    "tokens.composition": idsOf(tokens.composition),
    "tokens.compactions": idsOf(tokens.compactions),
    slowest: idsOf(slowest),
    suggestions: suggestions.flatMap(({ evidence }) => evidence),
    skills: idsOf(report.skills.flatMap(({ uses }) => uses)),
    editedFiles: report.editedFiles.flatMap(({ spanIds }) => spanIds),
    iterations: [...idsOf(report.iterations), ...report.iterations.flatMap(({ spanIds }) => spanIds)],
    chunks: idsOf(report.chunks),
    intents: idsOf(report.intents),
  };
}
