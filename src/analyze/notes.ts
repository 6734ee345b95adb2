import type { CompositionRow, ReportNote } from "../model/report.js";
import type { Note, Session } from "../model/session.js";
import type { ReportSpans } from "./report-spans.js";
import { tokenNotes } from "./token-notes.js";

/** What the reader must know about the figures: what the loader said, then what the source cannot tell. */
export function notes(
  session: Session,
  { spans, excerptsLeftOut }: ReportSpans,
  hiddenSubagents: number,
  composition: readonly CompositionRow[],
  priceList: string | null,
): ReportNote[] {
  const { notes: fromLoad, records } = session;
  const hasTools = spans.some((span) => span.kind === "tool");
  const hasModels = spans.some((span) => span.kind === "model");
  const models = session.spans.filter((span) => span.kind === "model");
  const unsent = models.filter(({ parent, startAt }) => session.spans[parent]?.startAt === startAt).length;
  const sent = models.length - unsent;
  const slept = spans.filter(({ mayHaveSlept }) => mayHaveSlept).length;
  const all: [boolean, ReportNote["kind"], string][] = [
    [
      hasModels && records.retries === "as-thinking",
      "info",
      "Without an event log this source does not tell failed attempts from an answer: where attempts failed, the time until the next one counts as AI thinking.",
    ],
    [
      hasModels && records.retries === "as-waiting",
      "info",
      "This source does not record attempts of a request that failed before any answer: their time is part of waiting for the model.",
    ],
    [
      hasTools && records.permissionWaits === "none",
      "info",
      "This source does not record permission prompts: time spent on them is part of the tool call, unless the user said no.",
    ],
    [
      hasTools && records.permissionWaits === "commands",
      "info",
      "Of permission prompts this source shows only those of commands, in its event log; time spent on others is part of the tool call, unless the user said no.",
    ],
    [
      unsent > 0,
      "info",
      `${sent > 0 ? "Where no recording says when its request was sent, a" : "A"} model call is counted from when its message was made, so the agent's own preparation of the request is part of waiting for the model.`,
    ],
    [
      hiddenSubagents > 0,
      "info",
      `${hiddenSubagents} subagents that were started by others have no row of their own: they are counted in with those.`,
    ],
    [
      slept > 0,
      "info",
      `${slept} ${slept === 1 ? "call" : "calls"} of over 30 minutes without any record: the machine may have slept. Left out of the statistics by operation.`,
    ],
    [
      excerptsLeftOut > 0,
      "info",
      `${excerptsLeftOut} tool ${excerptsLeftOut === 1 ? "call is" : "calls are"} shown without arguments and output, so that the report stays small: it has those of calls that failed, then of the longest.`,
    ],
  ];
  all.push(...tokenNotes(session, composition, priceList));
  return [...fromLoad.map(said), ...all.filter(([applies]) => applies).map(([, kind, text]) => ({ kind, text }))];
}

function said({ kind, text, files }: Note): ReportNote {
  return { kind, text: files ? `${text}: ${files.join(", ")}.` : text };
}
