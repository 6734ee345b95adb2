import type { Report } from "../model/report.js";
import type { Session } from "../model/session.js";
import { modelCalls, toolCalls } from "./calls.js";
import { criticalPath } from "./critical-path.js";
import { ledger } from "./ledger.js";
import { notes } from "./notes.js";
import { operations } from "./operations.js";
import { parallelSavingsMs } from "./parallel.js";
import { reportSpans } from "./report-spans.js";
import { slowest } from "./slowest.js";
import { subagents } from "./subagents.js";
import { summary } from "./summary.js";
import { tokensByMessage, tokensByModel } from "./tokens.js";

/** Everything that is said about a session. Pure: the same session gives the same report. */
export function analyze(session: Session, generatorVersion: string): Report {
  const placed = reportSpans(session);
  const { spans, idOf } = placed;
  const rows = ledger(session);
  const subagentRows = subagents(session, placed);
  const { id, title, source, sourceVersion, directory, outcome, parentId } = session;
  const { startAt: startedAt = 0, endAt: endedAt = 0 } = session.spans[0] ?? {};
  return {
    version: 1,
    kind: "session",
    generator: { name: "sessionflame", version: generatorVersion },
    session: { id, title, source, sourceVersion, directory, startedAt, endedAt, outcome, parentId },
    summary: summary(session, rows),
    spans,
    time: {
      ledger: rows,
      operations: operations(spans),
      modelCalls: modelCalls(session, placed),
      toolCalls: toolCalls(session, placed),
      criticalPath: criticalPath(spans),
      parallelSavingsMs: parallelSavingsMs(spans),
      subagents: subagentRows,
    },
    tokens: { byMessage: tokensByMessage(session, idOf), byModel: tokensByModel(session) },
    slowest: slowest(spans, new Map(session.messages.map((message) => [message.id, message]))),
    notes: notes(session, spans, hiddenSubagents(session, subagentRows.length)),
  };
}

/** Child sessions that have spans, but no row. */
function hiddenSubagents({ spans }: Session, rows: number): number {
  return new Set(spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []))).size - rows;
}
