import type { Report, ReportSpan, State } from "../model/report.js";
import { baseName } from "../report/format.js";
import { displayTitle } from "../report/visible.js";

/** What is written on each bar, message numbers as in the tables. */
export function spanLabels({ spans, tokens }: Report): string[] {
  const numbers = new Map(tokens.byMessage.map(({ messageId, number }) => [messageId, number]));
  return spans.map((span) => spanLabel(span, numbers.get(span.messageId ?? "")));
}

const WAIT_LABELS: Partial<Record<State, string>> = {
  retrying: "retries",
  "waiting-for-model": "wait",
  "waiting-for-user": "you",
};

function modelLabel({ state, status }: ReportSpan): string {
  const what = state === "generating" ? "thinking" : "no answer";
  return status === "ok" ? what : `${what}, ${status}`;
}

function spanLabel(span: ReportSpan, number: number | undefined): string {
  const { kind, name, args, files } = span;
  if (kind === "session") return displayTitle(name);
  if (kind === "turn" || kind === "step")
    return [number === undefined ? "" : `#${number}`, name].filter(Boolean).join(" ");
  if (kind === "model") return modelLabel(span);
  if (kind === "wait") return WAIT_LABELS[span.state] ?? name;
  if (kind === "tool") return [name, files?.[0] ? baseName(files[0].path) : args].filter(Boolean).join(" ");
  return name;
}
