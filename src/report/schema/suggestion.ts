import * as v from "valibot";
import { basis, count, figure, known, list, optional, spanId, text } from "./figures.js";

export const suggestion = v.object({
  /** It is part of an id in the page. */
  rule: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
  type: v.picklist(["model", "batching", "prompting", "context", "reliability"]),
  title: text,
  message: text,
  why: text,
  evidence: list(spanId),
  affected: count,
  affectedNoun: v.picklist(["response", "call", "turn", "read", "task", "compaction", "wait", "gap"]),
  savings: v.object({
    ms: optional(figure),
    share: optional(figure),
    tokens: optional(figure),
    usd: optional(figure),
  }),
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
