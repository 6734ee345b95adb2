import type { PriceBook } from "../model/price-book.js";
import type { LedgerRow, Report } from "../model/report.js";
import type { Session } from "../model/session.js";
import { tokensByFile } from "./by-file.js";
import { tokensByAgent, tokensByTurn } from "./by-group.js";
import { tokensByServer, tokensBySkill, tokensByTool } from "./by-tool.js";
import { cacheMisses } from "./cache-miss.js";
import { modelCalls, toolCalls } from "./calls.js";
import { chunks } from "./chunks.js";
import { compactions } from "./compactions.js";
import { contextLedger } from "./context/index.js";
import { criticalPath } from "./critical-path.js";
import { editedFiles, edits } from "./edits.js";
import { type KnownOfSession, type SessionFacts, sessionFacts } from "./facts/session-facts.js";
import { foldSpans } from "./fold-spans.js";
import { intents } from "./intents.js";
import { iterations } from "./iterations.js";
import { ledger } from "./ledger.js";
import { notes } from "./notes.js";
import { operations } from "./operations.js";
import { parallelSavingsMs } from "./parallel.js";
import { pricesOf, withEstimatedCosts } from "./prices.js";
import { reconciliation } from "./reconciliation.js";
import { type ReportSpans, reportSpans } from "./report-spans.js";
import { settingsNotes } from "./rule-settings.js";
import { skills, unusedSkills } from "./skills.js";
import { slowest } from "./slowest.js";
import { subagents } from "./subagents.js";
import { suggestions } from "./suggestions.js";
import { summary } from "./summary.js";
import { limitsOf, type RuleSettings } from "./thresholds.js";
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
  const rows = ledger(session);
  const known = knownOf(session, placed, rows, book);
  const subagentRows = subagents(session, placed);
  const hidden = hiddenSubagents(session, subagentRows.length);
  const facts = sessionFacts(known);
  const { id, title, source, sourceVersion, directory, outcome, parentId } = session;
  const { startAt: startedAt = 0, endAt: endedAt = 0 } = session.spans[0] ?? {};
  return foldSpans({
    version: 1,
    kind: "session",
    generator: { name: "sessionflame", version: generatorVersion },
    session: { id, title, source, sourceVersion, directory, startedAt, endedAt, outcome, parentId },
    summary: known.summary,
    spans: placed.spans,
    time: { ledger: rows, ...timesOf(known), subagents: subagentRows },
    tokens: tokensOf(known),
    slowest: slowest(
      placed.spans,
      new Map(session.messages.map((message) => [message.id, message])),
      limitsOf("slowest-operations", settings),
    ),
    suggestions: suggestions(facts, settings),
    ...skillsOf(facts, known),
    ...{ chunks: chunks(session, placed), intents: intents(session, placed) },
    notes: [...notes(session, placed, hidden, known.context.rows, book?.source ?? null), ...settingsNotes(settings)],
    redaction: session.redaction ?? null,
  });
}

/** What both the report and the suggestions say something of. */
function knownOf(
  session: Session,
  placed: ReportSpans,
  rows: readonly LedgerRow[],
  book: PriceBook | null,
): KnownOfSession {
  const ratesOf = pricesOf(session, book);
  const context = contextLedger(session, ratesOf, placed.idOf, cacheMisses(session));
  return {
    ...{ session, placed, context, ratesOf, book },
    summary: summary(session, rows),
    modelCalls: modelCalls(session, placed),
    criticalPath: criticalPath(placed.spans),
    byFile: tokensByFile(session, context.totals),
    compactions: compactions(session, placed.idOf, context.droppedBy),
  };
}

function timesOf({ session, placed, ...known }: KnownOfSession): Omit<Report["time"], "ledger" | "subagents"> {
  return {
    operations: operations(placed.spans),
    modelCalls: known.modelCalls,
    toolCalls: toolCalls(session, placed),
    criticalPath: known.criticalPath,
    parallelSavingsMs: parallelSavingsMs(placed.spans),
  };
}

function tokensOf({ session, placed, context, ...known }: KnownOfSession): Report["tokens"] {
  const { totals } = context;
  return {
    byMessage: tokensByMessage(session, placed.idOf, totals),
    byModel: tokensByModel(session),
    byAgent: tokensByAgent(session),
    byTurn: tokensByTurn(session, placed.idOf),
    byTool: tokensByTool(session, totals),
    byServer: tokensByServer(session, totals),
    bySkill: tokensBySkill(session, totals),
    byFile: known.byFile,
    composition: context.rows,
    compactions: known.compactions,
    reconciliation: reconciliation(session),
  };
}

type SkillPart = "skills" | "unusedSkills" | "edits" | "editedFiles" | "iterations";

function skillsOf(facts: SessionFacts, { session, context }: KnownOfSession): Pick<Report, SkillPart> {
  const rows = skills(facts, context.totals);
  return {
    skills: rows,
    unusedSkills: unusedSkills(session, rows),
    edits: edits(facts),
    editedFiles: editedFiles(facts),
    iterations: iterations(facts, rows),
  };
}

/** Child sessions that have spans, but no row. */
function hiddenSubagents({ spans }: Session, rows: number): number {
  return new Set(spans.flatMap((span) => (span.kind === "subagent" ? [span.sessionId] : []))).size - rows;
}
