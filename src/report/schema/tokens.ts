import * as v from "valibot";
import { basis, costBasis, count, figure, flag, known, list, spanId, text, tokenUsageAndTotal } from "./figures.js";

const contextKind = v.picklist([
  "base",
  "user",
  "task-prompt",
  "attached-file",
  "assistant",
  "reasoning",
  "tool-call",
  "tool-result",
  "compaction-summary",
  "compaction-input",
  "unattributed",
]);
const parts = list(v.object({ kind: contextKind, tokens: figure }));

const messageRow = v.object({
  number: count,
  messageId: text,
  spanId: known(spanId),
  role: v.picklist(["user", "assistant"]),
  origin: v.picklist(["prompt", "command", "compaction", "automatic", "answer", "unknown"]),
  agent: known(text),
  model: known(text),
  isSubagent: flag,
  isCopied: flag,
  isReverted: flag,
  isCompaction: flag,
  tokens: known(tokenUsageAndTotal),
  estimatedTokens: known(figure),
  costUsd: known(figure),
  costBasis,
  firstWords: text,
  error: known(text),
});

const modelRow = v.object({
  model: text,
  calls: count,
  tokens: tokenUsageAndTotal,
  share: known(figure),
  costUsd: known(figure),
  costBasis,
});

const groupRow = v.object({
  name: text,
  spanId: known(spanId),
  calls: count,
  tokens: tokenUsageAndTotal,
  costUsd: known(figure),
  costBasis,
  isReverted: flag,
});

const toolRow = v.object({
  name: text,
  calls: count,
  errors: count,
  argumentTokens: figure,
  resultTokens: figure,
  carriedTokens: figure,
  costUsd: known(figure),
  basis,
});

const fileRow = v.object({
  file: text,
  kind: v.picklist(["file", "media", "search", "tools", "history", "base", "compaction-input", "unattributed"]),
  contentTokens: figure,
  carriedTokens: figure,
  share: figure,
  reads: count,
  writes: count,
  repeatedReads: count,
  repeatedAfterCompaction: count,
  costUsd: known(figure),
});

const compositionRow = v.object({
  messageId: text,
  spanId: known(spanId),
  sessionId: text,
  agent: known(text),
  model: known(text),
  promptTokens: figure,
  parts,
  fileResultTokens: figure,
  cacheReadTokens: figure,
  cacheWriteTokens: figure,
  cacheHitRate: figure,
  cacheMiss: known(v.picklist(["first-call", "pause", "compaction", "model-change", "agent-change", "unknown"])),
  prunedTokens: figure,
  compactedTokens: figure,
  shrunkTokens: figure,
  contextLimit: known(figure),
});

const compactionRow = v.object({
  messageId: text,
  spanId: known(spanId),
  at: figure,
  isAutomatic: known(flag),
  tokens: known(tokenUsageAndTotal),
  costUsd: known(figure),
  beforeTokens: known(figure),
  afterTokens: known(figure),
  dropped: parts,
});

const reconciliationRow = v.object({
  place: v.picklist(["steps", "messages", "session"]),
  tokens: tokenUsageAndTotal,
  costUsd: known(figure),
  difference: text,
});

export const tokens = v.object({
  byMessage: list(messageRow),
  byModel: list(modelRow),
  byAgent: list(groupRow),
  byTurn: list(groupRow),
  byTool: list(toolRow),
  byServer: list(toolRow),
  bySkill: list(toolRow),
  byFile: list(fileRow),
  composition: list(compositionRow),
  compactions: list(compactionRow),
  reconciliation: list(reconciliationRow),
});
