import { spanLabels } from "../../flame/span-labels.js";
import type { Report, ReportSpan } from "../../model/report.js";
import { formatCount, formatDuration } from "../../report/format.js";
import { shortened } from "../../report/visible.js";
import { STATE_LABELS } from "./labels.js";
import type { SpanLink, SpanLinks } from "./span-links.js";

/** Links in a card. */
const SHOWN = 12;
const LABEL_CHARS = 40;

export interface Evidence {
  readonly spans: readonly { readonly text: string; readonly link: SpanLink | null }[];
  /** `and 8 more`; empty where all are shown. */
  readonly more: string;
}

/** Answers what is to be said of the spans that show a suggestion. */
export function evidenceViews(report: Report, links: SpanLinks): (spanIds: readonly number[]) => Evidence {
  const labelOf = evidenceLabels(report);
  return (spanIds) => ({
    spans: spanIds.slice(0, SHOWN).map((id) => ({ text: shortened(labelOf(id), LABEL_CHARS), link: links(id) })),
    more: spanIds.length > SHOWN ? `and ${formatCount(spanIds.length - SHOWN)} more` : "",
  });
}

/** Spans in the words of the tables. */
function evidenceLabels(report: Report): (id: number) => string {
  const labels = spanLabels(report);
  const numbers = new Map(report.tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  const onlyCall = (step: number): string => {
    const calls = callsOf(step, report.spans);
    return calls.length === 1 ? `: ${labels[calls[0] as number]}` : "";
  };
  const labelOf = (id: number): string => {
    const { kind, messageId = "", startMs, endMs } = report.spans[id] as ReportSpan;
    const noun = NUMBERED[kind];
    const number = numbers.get(messageId);
    if (noun && number !== undefined) return `${noun}\u00a0#${number}${kind === "step" ? onlyCall(id) : ""}`;
    if (kind === "tool" && number !== undefined) return `${labels[id]}\u00a0(#${number})`;
    return kind === "user" ? `${labels[id]}, ${formatDuration(endMs - startMs)}` : (labels[id] ?? "");
  };
  return (id) => {
    const { kind, parent, state } = report.spans[id] as ReportSpan;
    return kind === "wait" ? `${labelOf(parent)}: ${STATE_LABELS[state].toLowerCase()}` : labelOf(id);
  };
}

/** A step's own calls. They stand behind its model call, each before what it holds. */
function callsOf(step: number, spans: readonly ReportSpan[]): number[] {
  const calls: number[] = [];
  for (let id = step + 1; (spans[id]?.parent ?? -1) >= step; id++)
    if (spans[id]?.parent === step && spans[id]?.kind === "tool") calls.push(id);
  return calls;
}

/** What is told by the number of its message. */
const NUMBERED: Partial<Record<ReportSpan["kind"], string>> = { model: "Response", step: "Step", turn: "Turn" };
