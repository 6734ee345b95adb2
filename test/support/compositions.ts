import type { CompositionRow } from "../../src/model/report.js";

/** A call with what a test does not care about filled in; its prompt is what its parts sum to. */
export function compositionRow(
  parts: Partial<Record<CompositionRow["parts"][number]["kind"], number>>,
  fields: Partial<CompositionRow> = {},
): CompositionRow {
  const entries = Object.entries(parts) as [CompositionRow["parts"][number]["kind"], number][];
  return {
    ...{ messageId: "msg_1", spanId: null, sessionId: "ses_test", agent: "build", model: "p/m" },
    promptTokens: entries.reduce((sum, [, tokens]) => sum + tokens, 0),
    parts: entries.map(([kind, tokens]) => ({ kind, tokens })),
    ...{ fileResultTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, cacheHitRate: 0, cacheMiss: null },
    ...{ prunedTokens: 0, compactedTokens: 0, shrunkTokens: 0, contextLimit: null },
    ...fields,
  };
}
