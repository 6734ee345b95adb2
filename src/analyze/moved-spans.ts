import type { Report } from "../model/report.js";

/** The Report with every reference to a span led to where that is now. The spans themselves are left as they are. */
export function withMovedSpans(report: Report, idOf: (id: number) => number): Report {
  const { time, tokens, slowest, suggestions, skills, editedFiles, iterations, chunks, intents } = report;
  const rows = <Row extends { readonly spanId: number | null }>(some: readonly Row[]): readonly Row[] =>
    some.map((row) => (row.spanId === null ? row : ({ ...row, spanId: idOf(row.spanId) } as Row)));
  const ids = (some: readonly number[]) => [...new Set(some.map(idOf))].sort((a, b) => a - b);
  return {
    ...report,
    time: {
      ...time,
      modelCalls: rows(time.modelCalls),
      toolCalls: rows(time.toolCalls),
      criticalPath: rows(time.criticalPath).map((entry) => ({ ...entry, turnId: idOf(entry.turnId) })),
      subagents: time.subagents.map((row) => ({ ...row, spanIds: ids(row.spanIds) })),
    },
    tokens: {
      ...tokens,
      byMessage: rows(tokens.byMessage),
      byAgent: rows(tokens.byAgent),
      byTurn: rows(tokens.byTurn),
      composition: rows(tokens.composition),
      compactions: rows(tokens.compactions),
    },
    slowest: rows(slowest),
    skills: skills.map((skill) => ({ ...skill, uses: rows(skill.uses) })),
    editedFiles: editedFiles.map((row) => ({ ...row, spanIds: ids(row.spanIds) })),
    iterations: rows(iterations).map((row) => ({ ...row, spanIds: ids(row.spanIds) })),
    ...{ chunks: rows(chunks), intents: rows(intents) },
    suggestions: suggestions.map((suggestion) => ({ ...suggestion, evidence: ids(suggestion.evidence) })),
  };
}
