import * as v from "valibot";
import type { ComparisonReport } from "../../model/comparison.js";
import type { Plain, Same } from "../schema.js";
import { amount, costBasis, count, figure, known, length, list, optional, state, text } from "./figures.js";

const figures = v.nullable(figure);
const presence = v.picklist(["both", "a", "b"]);

export const rankTest = v.object({
  nA: count,
  nB: count,
  u: known(length),
  p: known(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  verdict: v.picklist(["more", "less", "none", "too-few"]),
});

export const difference = v.object({ a: figures, b: figures, difference: figures, test: optional(rankTest) });

const side = v.object({
  sessions: list(
    v.object({
      id: text,
      title: text,
      source: text,
      sourceVersion: known(text),
      models: list(text),
      startedAt: amount,
      outcome: v.picklist(["complete", "failed", "aborted", "unfinished"]),
      wallMs: length,
      activeMs: length,
      tokens: known(amount),
      costUsd: known(amount),
      costBasis,
    }),
  ),
});

const summary = v.object({
  wallMs: difference,
  activeMs: difference,
  turns: difference,
  messages: difference,
  modelCalls: difference,
  toolCalls: difference,
  toolErrors: difference,
  subagents: difference,
  avgResponseTokens: difference,
  uncachedInputTokens: difference,
  cacheReadTokens: difference,
  cacheWriteTokens: difference,
  outputTokens: difference,
  reasoningTokens: difference,
  totalTokens: difference,
  costUsd: difference,
});

const tool = v.object({
  tool: text,
  isIn: presence,
  calls: difference,
  errors: difference,
  totalMs: difference,
  p50Ms: difference,
  carriedTokens: difference,
  costUsd: difference,
});

const model = v.object({
  model: text,
  isIn: presence,
  calls: difference,
  totalMs: difference,
  p50Ms: difference,
  tokens: difference,
  costUsd: difference,
});

const file = v.object({
  file: text,
  kind: v.picklist(["file", "media", "search", "tools", "history", "base", "compaction-input", "unattributed"]),
  isIn: presence,
  reads: difference,
  writes: difference,
  contentTokens: difference,
  carriedTokens: difference,
  costUsd: difference,
});

const taken = {
  nameA: known(text),
  nameB: known(text),
  isIn: presence,
  ms: difference,
  toolCalls: difference,
  tokens: difference,
  costUsd: difference,
};

const names = known(list(v.object({ name: text, sessions: count })));
const onlyIn = v.object({ tools: names, files: names, commands: names, skills: names, suggestions: names });

/** What a comparison looks like, for who reads one. A new field has its line here: the type below does not compile without it. */
export const comparisonSchema = v.object({
  version: v.literal(1),
  kind: v.literal("comparison"),
  generator: v.object({ name: v.literal("sessionflame"), version: text, madeAt: optional(amount) }),
  a: side,
  b: side,
  summary,
  largest: list(
    v.object({
      measure: v.picklist(["time", "tokens", "cost"]),
      what: v.picklist(["state", "tool", "model", "file", "token-count"]),
      name: text,
      figure: difference,
    }),
  ),
  ledger: list(v.object({ state, ms: difference })),
  tools: list(tool),
  models: list(model),
  files: list(file),
  turns: known(list(v.object({ ...taken, steps: list(v.object(taken)) }))),
  onlyIn: v.object({ a: onlyIn, b: onlyIn }),
  flame: v.object({
    nodes: list(
      v.object({ parent: v.pipe(v.number(), v.integer(), v.minValue(-1)), name: text, aMs: length, bMs: length }),
    ),
    leftOut: count,
  }),
  notes: list(
    v.object({
      of: presence,
      sessionId: known(text),
      kind: v.picklist(["skipped", "repaired", "guessed", "info"]),
      text,
    }),
  ),
  redaction: known(v.picklist(["none", "paths", "content", "strict"])),
});

/** The schema and `ComparisonReport` say the same, or this line does not compile. */
true satisfies Same<Plain<v.InferOutput<typeof comparisonSchema>>, Plain<ComparisonReport>>;
