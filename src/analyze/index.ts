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
import { sessionFacts } from "./facts/session-facts.js";
import { ledger } from "./ledger.js";
import { notes } from "./notes.js";
import { operations } from "./operations.js";
import { parallelSavingsMs } from "./parallel.js";
import { pricesOf, withEstimatedCosts } from "./prices.js";
import { reconciliation } from "./reconciliation.js";
import { reportSpans } from "./report-spans.js";
import { slowest } from "./slowest.js";
import { subagents } from "./subagents.js";
import { suggestions } from "./suggestions.js";
import { summary } from "./summary.js";
import type { RuleSettings } from "./thresholds.js";
import { tokensByMessage, tokensByModel } from "./tokens.js";

/**
 * Everything that is said about a session. Pure: the same session gives the same report. `book`: a price list, where
 * `needsPriceBook` says that the session leaves open what only one can tell. `settings`: the user's own thresholds.
 */
export function analyze(
  recorded: Session,
  generatorVersion: string,
  book: PriceBook | null = null,
  settings: RuleSettings = {},
): Report {
  const session = withEstimatedCosts(recorded, book);
  const placed = reportSpans(session);
  const { spans, idOf } = placed;
  const rows = ledger(session);
  const ratesOf = pricesOf(session, book);
  const context = contextLedger(session, ratesOf, idOf, cacheMisses(session));
  const { totals } = context;
  const subagentRows = subagents(session, placed);
  const known = {
    ...{ session, placed, context, ratesOf, book },
    summary: summary(session, rows),
    modelCalls: modelCalls(session, placed),
    criticalPath: criticalPath(spans),
    byFile: tokensByFile(session, totals),
    compactions: compactions(session, idOf, context.droppedBy),
  };
  const { id, title, source, sourceVersion, directory, outcome, parentId } = session;
  const { startAt: startedAt = 0, endAt: endedAt = 0 } = session.spans[0] ?? {};
  return {
    version: 1,
    kind: "session",
    generator: { name: "sessionflame", version: generatorVersion },
    session: { id, title, source, sourceVersion, directory, startedAt, endedAt, outcome, parentId },
    summary: known.summary,
    spans,
    time: {
      ledger: rows,
      operations: operations(spans),
      modelCalls: known.modelCalls,
      toolCalls: toolCalls(session, placed),
      criticalPath: known.criticalPath,
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
      byFile: known.byFile,
      composition: context.rows,
      compactions: known.compactions,
      reconciliation: reconciliation(session),
    },
    slowest: slowest(spans, new Map(session.messages.map((message) => [message.id, message]))),
    suggestions: suggestions(sessionFacts(known), settings),
    notes: notes(session, placed, hiddenSubagents(session, subagentRows.length), context.rows, book?.source ?? null),
  };
}

/** Child sessions that have spans, but no row. */
function hiddenSubagents({ spans }: Session, rows: number): number {
  return new Set(spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []))).size - rows;
}
