import * as v from "valibot";
import { amount, basis, count, known, length, list, spanId, state, status, text } from "./figures.js";

export const ledgerRow = v.object({ state, ms: length, share: known(amount), basis });

const operationRow = v.object({
  operation: text,
  kind: v.picklist(["model", "tool"]),
  count,
  timed: count,
  errors: count,
  totalMs: length,
  meanMs: known(length),
  minMs: known(length),
  maxMs: known(length),
  stdDevMs: known(length),
  p50Ms: known(length),
  p95Ms: known(length),
  p99Ms: known(length),
});

const modelCallRow = v.object({
  spanId,
  messageId: text,
  model: text,
  startedAt: amount,
  firstOutputAt: known(amount),
  endedAt: amount,
  waitMs: known(length),
  retryMs: known(length),
  generateMs: known(length),
  reasoningMs: known(length),
  textMs: known(length),
  toolArgumentsMs: known(length),
  overheadMs: length,
  waitedTimesLonger: known(amount),
  tokensPerSecond: known(amount),
  basis,
});

const toolCallRow = v.object({
  spanId,
  callId: text,
  tool: text,
  target: text,
  calledAt: amount,
  startedAt: amount,
  endedAt: amount,
  durationMs: known(length),
  status,
  basis,
});

const criticalPathEntry = v.object({
  turnId: spanId,
  spanId,
  ms: length,
  state,
  savesAtLeastMs: length,
  savesAtMostMs: length,
});

const subagentRow = v.object({
  sessionId: text,
  title: text,
  agent: known(text),
  spanIds: list(spanId),
  wallMs: length,
  ledger: list(v.object({ state, ms: length })),
  modelCalls: count,
  toolCalls: count,
  tokens: amount,
  costUsd: known(amount),
});

export const time = v.object({
  ledger: list(ledgerRow),
  operations: list(operationRow),
  modelCalls: list(modelCallRow),
  toolCalls: list(toolCallRow),
  criticalPath: list(criticalPathEntry),
  parallelSavingsMs: known(length),
  subagents: list(subagentRow),
});
