import type { ComparedSession, ComparedSummary } from "../../model/comparison.js";
import type { LedgerRow, Report, ReportPart } from "../../model/report.js";

/** A report's figures at its head; null where it does not know one, though it writes a 0. */
export type SummaryFigures = Readonly<Record<keyof ComparedSummary, number | null>>;

export function summaryFigures(report: Report): SummaryFigures {
  const { summary } = report;
  const { wallMs, activeMs, turns, messages, modelCalls, toolCalls, toolErrors, subagents } = summary;
  const { avgResponseTokens, tokens, costUsd } = summary;
  const counted = (count: number) => (isCounted(report) ? count : null);
  return {
    ...{ wallMs, activeMs, turns, messages, modelCalls, toolCalls, toolErrors, subagents, avgResponseTokens },
    uncachedInputTokens: counted(tokens.uncachedInput),
    cacheReadTokens: counted(tokens.cacheRead),
    cacheWriteTokens: counted(tokens.cacheWrite),
    outputTokens: counted(tokens.output),
    reasoningTokens: counted(tokens.reasoning),
    totalTokens: counted(tokens.total),
    costUsd,
  };
}

/** Whether tokens were counted: a session whose calls have none is one of which they are not known. */
export function isCounted({ summary, spans }: Report): boolean {
  return summary.tokens.total > 0 || !spans.some(({ kind }) => kind === "model");
}

/** The time in a state; null where the source would not have recorded it. */
export function ledgerMs({ state, ms, basis }: LedgerRow): number | null {
  return state !== "unknown" && ms === 0 && basis === "unknown" ? null : ms;
}

/** Whether it is known what prompts were made of. */
export function hasPrompts(report: Report): boolean {
  return knows(report, "prompts") && (report.tokens.composition.length > 0 || report.summary.modelCalls === 0);
}

/** An earlier release may not have worked out a part. */
export function knows({ lacks = [] }: Report, part: ReportPart): boolean {
  return !lacks.includes(part);
}

/** What a comparison says of each of its sessions. */
export function comparedSession(report: Report): ComparedSession {
  const { session, summary, tokens } = report;
  const { id, title, source, sourceVersion, startedAt, outcome } = session;
  const { wallMs, activeMs, totalTokens, costUsd } = summaryFigures(report);
  return {
    ...{ id, title, source, sourceVersion, models: tokens.byModel.map(({ model }) => model), startedAt, outcome },
    ...{ wallMs: wallMs ?? 0, activeMs: activeMs ?? 0, tokens: totalTokens, costUsd, costBasis: summary.costBasis },
  };
}
