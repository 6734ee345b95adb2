import type { ReportNote, ReportSpan } from "../model/report.js";
import type { Session } from "../model/session.js";

/** What the reader must know about the figures: what the loader said, then what the source cannot tell. */
export function notes({ notes: fromLoad, records }: Session, spans: readonly ReportSpan[]): ReportNote[] {
  const hasTools = spans.some((span) => span.kind === "tool");
  const hasModels = spans.some((span) => span.kind === "model");
  const slept = spans.filter(({ mayHaveSlept }) => mayHaveSlept).length;
  const all: [boolean, ReportNote["kind"], string][] = [
    [
      hasModels && !records.retries,
      "info",
      "This source does not record attempts of a request that failed before any answer: their time is part of waiting for the model.",
    ],
    [
      hasTools && !records.permissionWaits,
      "info",
      "This source does not record permission prompts: time spent on them is part of the tool call, unless the user said no.",
    ],
    [
      hasModels,
      "info",
      "A model call is counted from when its message was made, so the agent's own preparation of the request is part of waiting for the model.",
    ],
    [
      slept > 0,
      "info",
      `${slept} ${slept === 1 ? "call" : "calls"} of over 30 minutes without any record: the machine may have slept. Left out of the statistics by operation.`,
    ],
  ];
  return [...fromLoad, ...all.filter(([applies]) => applies).map(([, kind, text]) => ({ kind, text }))];
}
