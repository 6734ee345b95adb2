import * as v from "valibot";
import type { CollectionIndex, CollectionReport } from "../../model/collection.js";
import { checkedBy, type Plain, reportSchema, type Same } from "../schema.js";
import {
  amount,
  basis,
  costBasis,
  count,
  figure,
  flag,
  known,
  length,
  list,
  optional,
  state,
  text,
  tokenUsage,
} from "./figures.js";
import { session, summary } from "./session.js";
import { rule, savings, suggestionType } from "./suggestion.js";
import { ledgerRow } from "./time.js";

export { reportSchema, terms } from "../schema.js";

const stateTime = v.object({ state, ms: length });
const counts = { messages: count, tokens: tokenUsage, costUsd: amount };
const work = { turns: count, modelCalls: count, toolCalls: count, toolErrors: count };
const longest = known(v.object({ ms: length, sessionId: text }));

const totals = v.object({
  sessions: count,
  copies: count,
  copiedMessages: count,
  counted: v.object({ sessions: count, ...counts }),
  estimatedUsd: known(amount),
  wallMs: length,
  activeMs: length,
  ledger: list(stateTime),
  ...work,
});

const collectedSession = v.object({
  session,
  isCopy: flag,
  copiedMessages: count,
  own: v.object({ ...counts, ...work }),
  costUsd: known(amount),
  costBasis,
  summary,
  ledger: list(ledgerRow),
  slowest: list(v.object({ rank: count, title: text, durationMs: length, detail: text, note: known(text) })),
  suggestions: list(v.object({ rule, title: text, savings, basis })),
  hasReport: flag,
});

const day = v.object({
  startsAt: amount,
  sessions: count,
  ledger: list(stateTime),
  tokens: tokenUsage,
  costUsd: known(amount),
});

const tool = v.object({
  tool: text,
  sessions: count,
  calls: count,
  errors: count,
  timed: count,
  totalMs: length,
  longest,
});
const command = v.object({
  command: text,
  sessions: count,
  runs: count,
  failed: count,
  timed: count,
  totalMs: length,
  longest,
});

const file = v.object({
  directory: text,
  file: text,
  sessions: count,
  contentTokens: amount,
  carriedTokens: amount,
  reads: count,
  writes: count,
  repeatedReads: count,
  costUsd: known(amount),
});

const skill = v.object({
  skill: text,
  sessions: count,
  uses: count,
  succeeded: count,
  failed: count,
  contentTokens: amount,
  carriedTokens: amount,
  costUsd: known(amount),
});

const recurring = v.object({
  rule,
  type: suggestionType,
  title: text,
  sessions: count,
  findings: count,
  ms: known(figure),
  tokens: known(amount),
  usd: known(amount),
  sessionIds: list(text),
});

const index = {
  version: v.literal(1),
  kind: v.literal("collection"),
  generator: v.object({ name: v.literal("sessionflame"), version: text, madeAt: optional(amount) }),
  scope: v.object({ isNamed: flag, days: known(count), project: known(text) }),
  totals,
  sessions: list(collectedSession),
  unreadable: list(v.object({ id: text, reason: text })),
  days: list(day),
  tools: list(tool),
  commands: list(command),
  files: list(file),
  skills: list(skill),
  suggestions: list(recurring),
};

/** A collection without its Reports, each of which is looked at by itself. */
export const collectionIndexSchema = v.object(index);
/** All of it, as it is published. */
export const collectionSchema = v.object({ ...index, reports: v.record(text, reportSchema) });

/** Reads what stands beside the Reports. `problem`: why it is none, on one line. */
export function checkedIndex(value: unknown): { readonly index: CollectionIndex } | { readonly problem: string } {
  const read = checkedBy(collectionIndexSchema, value);
  if ("problem" in read) return read;
  const found = read.value as CollectionIndex;
  const ids = new Set(found.sessions.map(({ session: { id } }) => id));
  return ids.size < found.sessions.length ? { problem: "sessions: an id stands twice" } : { index: found };
}

/** The schemas and the types say the same, or these lines do not compile. */
true satisfies Same<Plain<v.InferOutput<typeof collectionIndexSchema>>, Plain<CollectionIndex>>;
true satisfies Same<Plain<v.InferOutput<typeof collectionSchema>>, Plain<CollectionReport>>;
