import * as v from "valibot";
import { amount, basis, costBasis, count, flag, known, list, spanId, text, tokenUsageAndTotal } from "./figures.js";

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
const parts = list(v.object({ kind: contextKind, tokens: amount }));

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
  estimatedTokens: known(amount),
  costUsd: known(amount),
  costBasis,
  firstWords: text,
  error: known(text),
});

const modelRow = v.object({
  model: text,
  calls: count,
  tokens: tokenUsageAndTotal,
  share: known(amount),
  costUsd: known(amount),
  costBasis,
});

const groupRow = v.object({
  name: text,
  spanId: known(spanId),
  calls: count,
  tokens: tokenUsageAndTotal,
  costUsd: known(amount),
  costBasis,
  isReverted: flag,
});

const toolRow = v.object({
  name: text,
  calls: count,
  errors: count,
  argumentTokens: amount,
  resultTokens: amount,
  carriedTokens: amount,
  costUsd: known(amount),
  basis,
});

const fileRow = v.object({
  file: text,
  kind: v.picklist(["file", "media", "search", "tools", "history", "base", "compaction-input", "unattributed"]),
  contentTokens: amount,
  carriedTokens: amount,
  share: amount,
  reads: count,
  writes: count,
  repeatedReads: count,
  repeatedAfterCompaction: count,
  costUsd: known(amount),
});

const compositionRow = v.object({
  messageId: text,
  spanId: known(spanId),
  sessionId: text,
  agent: known(text),
  model: known(text),
  promptTokens: amount,
  parts,
  fileResultTokens: amount,
  cacheReadTokens: amount,
  cacheWriteTokens: amount,
  cacheHitRate: amount,
  cacheMiss: known(v.picklist(["first-call", "pause", "compaction", "model-change", "agent-change", "unknown"])),
  prunedTokens: amount,
  compactedTokens: amount,
  shrunkTokens: amount,
  contextLimit: known(amount),
});

const compactionRow = v.object({
  messageId: text,
  spanId: known(spanId),
  at: amount,
  isAutomatic: known(flag),
  tokens: known(tokenUsageAndTotal),
  costUsd: known(amount),
  beforeTokens: known(amount),
  afterTokens: known(amount),
  dropped: parts,
});

const reconciliationRow = v.object({
  place: v.picklist(["steps", "messages", "session"]),
  tokens: tokenUsageAndTotal,
  costUsd: known(amount),
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
