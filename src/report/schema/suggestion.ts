import * as v from "valibot";
import { amount, basis, count, figure, known, list, optional, spanId, text } from "./figures.js";

/** It is part of an id in the page. */
export const rule = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/));
export const suggestionType = v.picklist(["model", "batching", "prompting", "context", "reliability"]);
export const savings = v.object({
  ms: optional(figure),
  share: optional(figure),
  tokens: optional(amount),
  usd: optional(amount),
});

export const suggestion = v.object({
  rule,
  type: suggestionType,
  title: text,
  message: text,
  why: text,
  evidence: list(spanId),
  affected: count,
  affectedNoun: v.picklist(["response", "call", "turn", "read", "task", "compaction", "wait", "gap"]),
  savings,
  basis,
  formula: text,
  caveat: known(text),
  apply: list(v.object({ label: text, text })),
  panel: v.picklist([
    "ledger",
    "slowest",
    "model-calls",
    "critical-path",
    "subagents",
    "composition",
    "by-file",
    "by-message",
    "by-model",
    "by-tool",
    "compactions",
    "skills",
    "edits",
  ]),
});
