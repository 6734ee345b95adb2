import type { Report, ReportSpan } from "../model/report.js";
import { baseName, formatRough } from "../report/format.js";

/** What is written on each bar, message numbers as in the tables. */
export function spanLabels({ spans, tokens }: Report): string[] {
  const numbers = new Map(tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  return spans.map((span) => spanLabel(span, numbers.get(span.messageId ?? "")));
}

function spanLabel(span: ReportSpan, number: number | undefined): string {
  const { kind, name, args, files } = span;
  if (kind === "turn" || kind === "step") return [number === undefined ? "" : `#${number}`, name].filter(Boolean).join(" ");
  if (kind === "model") return span.status === "ok" ? "output" : `output, ${span.status}`;
  if (kind === "tool") return [name, files?.[0] ? baseName(files[0].path) : args].filter(Boolean).join(" ");
  if (kind === "user") return `${formatRough(span.endMs - span.startMs)} ${name}`;
  return name;
}
