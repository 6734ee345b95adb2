import * as v from "valibot";
import { costBasis, count, figure, known, length, text, tokenUsageAndTotal } from "./figures.js";

export const session = v.object({
  id: text,
  title: text,
  source: text,
  sourceVersion: known(text),
  directory: text,
  startedAt: figure,
  endedAt: figure,
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
  avgResponseTokens: known(figure),
  tokens: tokenUsageAndTotal,
  costUsd: known(figure),
  costBasis,
});
