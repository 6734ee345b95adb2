import * as v from "valibot";
import { amount, basis, count, figure, flag, known, length, list, spanId, status, text } from "./figures.js";

const workDone = v.object({
  steps: count,
  toolCalls: count,
  toolErrors: count,
  ms: length,
  tokens: amount,
  costUsd: known(amount),
});

const skillUse = v.object({
  spanId: known(spanId),
  messageId: text,
  callId: known(text),
  by: v.picklist(["skill-tool", "own-tool", "user"]),
  at: amount,
  durationMs: known(length),
  status,
  after: workDone,
  checks: count,
  lastCheck: known(v.picklist(["passed", "failed"])),
  success: known(flag),
});

const skillMetrics = v.object({
  records: count,
  tokens: known(amount),
  durationMs: known(length),
  succeeded: count,
  failed: count,
  retries: known(figure),
  verificationAttempts: known(figure),
  maxIterationsReached: known(count),
  escalated: known(count),
});

export const skillRow = v.object({
  name: text,
  title: known(text),
  description: known(text),
  folder: known(text),
  uses: list(skillUse),
  durationMs: known(length),
  contentTokens: amount,
  carriedTokens: amount,
  costUsd: known(amount),
  after: workDone,
  succeeded: count,
  failed: count,
  metrics: known(skillMetrics),
});

export const unusedSkill = v.object({ name: text, description: known(text), folder: text });

export const editRow = v.object({
  format: text,
  model: known(text),
  basis,
  attempts: count,
  succeeded: count,
  failed: count,
  files: count,
  linesAdded: known(count),
  linesRemoved: known(count),
  wastedSteps: count,
  wastedTokens: amount,
});

export const editedFileRow = v.object({
  file: text,
  attempts: count,
  failed: count,
  linesAdded: known(count),
  linesRemoved: known(count),
  spanIds: list(spanId),
});

export const iterationRow = v.object({
  by: v.picklist(["skill", "turn", "tool"]),
  name: text,
  spanId: known(spanId),
  calls: count,
  failed: count,
  retries: count,
  recovered: count,
  verificationLoops: count,
  maxIterationsReached: known(count),
  isFlaky: flag,
  spanIds: list(spanId),
});

export const chunkRow = v.object({
  spanId: known(spanId),
  at: known(amount),
  mode: known(v.picklist(["parallel", "sequential"])),
  chunks: count,
  chunkChars: known(figure),
  meanChunkMs: known(length),
  maxChunkMs: known(length),
  durationMs: known(length),
  chunksPerSecond: known(figure),
  tokensPerChunk: known(figure),
  accuracy: known(figure),
});

export const intentRow = v.object({
  spanId: known(spanId),
  at: known(amount),
  label: text,
  confidence: known(figure),
  correctLabel: known(text),
  escalated: known(flag),
});
