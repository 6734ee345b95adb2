import * as v from "valibot";
import { amount, costBasis, count, known, length, text, tokenUsageAndTotal } from "./figures.js";

export const session = v.object({
  id: text,
  title: text,
  source: text,
  sourceVersion: known(text),
  directory: text,
  startedAt: amount,
  endedAt: amount,
  outcome: v.picklist(["complete", "failed", "aborted", "unfinished"]),
  parentId: known(text),
});

export const summary = v.object({
  wallMs: length,
  activeMs: length,
  turns: count,
  shellCommands: count,
  messages: count,
  modelCalls: count,
  toolCalls: count,
  toolErrors: count,
  subagents: count,
  avgResponseTokens: known(amount),
  tokens: tokenUsageAndTotal,
  costUsd: known(amount),
  costBasis,
});
