import type { PriceBook } from "../model/price-book.js";
import type { Report } from "../model/report.js";
import type { Session } from "../model/session.js";
import { tokensByFile } from "./by-file.js";
import { tokensByAgent, tokensByTurn } from "./by-group.js";
import { tokensByServer, tokensBySkill, tokensByTool } from "./by-tool.js";
import { cacheMisses } from "./cache-miss.js";
import { modelCalls, toolCalls } from "./calls.js";
import { compactions } from "./compactions.js";
import { contextLedger } from "./context/index.js";
import { criticalPath } from "./critical-path.js";
import { ledger } from "./ledger.js";
import { notes } from "./notes.js";
import { operations } from "./operations.js";
import { parallelSavingsMs } from "./parallel.js";
import { pricesOf, withEstimatedCosts } from "./prices.js";
import { reconciliation } from "./reconciliation.js";
import { reportSpans } from "./report-spans.js";
import { slowest } from "./slowest.js";
import { subagents } from "./subagents.js";
import { summary } from "./summary.js";
import { tokensByMessage, tokensByModel } from "./tokens.js";

/**
 * Everything that is said about a session. Pure: the same session gives the same report. `book`: a price list, where
 * `needsPriceBook` says that the session leaves open what only one can tell.
 */
export function analyze(recorded: Session, generatorVersion: string, book: PriceBook | null = null): Report {
  const session = withEstimatedCosts(recorded, book);
  const placed = reportSpans(session);
  const { spans, idOf } = placed;
  const rows = ledger(session);
  const ratesOf = pricesOf(session, book);
  const context = contextLedger(session, ratesOf, idOf, cacheMisses(session));
  const { totals } = context;
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
    tokens: {
      byMessage: tokensByMessage(session, idOf, totals),
      byModel: tokensByModel(session),
      byAgent: tokensByAgent(session),
      byTurn: tokensByTurn(session, idOf),
      byTool: tokensByTool(session, totals),
      byServer: tokensByServer(session, totals),
      bySkill: tokensBySkill(session, totals),
      byFile: tokensByFile(session, totals),
      composition: context.rows,
      compactions: compactions(session, idOf, context.droppedBy),
      reconciliation: reconciliation(session),
    },
    slowest: slowest(spans, new Map(session.messages.map((message) => [message.id, message]))),
    suggestions: [],
    notes: notes(session, placed, hiddenSubagents(session, subagentRows.length), context.rows, book?.source ?? null),
  };
}

/** Child sessions that have spans, but no row. */
function hiddenSubagents({ spans }: Session, rows: number): number {
  return new Set(spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []))).size - rows;
}
