import type { CacheMiss, ContextKind, Report, State } from "../../model/report.js";
import type { Basis } from "../../model/units.js";

/** The states in the words of the page. */
export const STATE_LABELS: Readonly<Record<State, string>> = {
  generating: "AI thinking",
  "running-tools": "Tools",
  retrying: "Retries",
  "waiting-for-model": "Waiting for the model",
  "waiting-for-user": "Waiting for you",
  overhead: "Overhead",
  unknown: "Unknown",
};

export const STATE_MEANINGS: Readonly<Record<State, string>> = {
  generating: "output is streaming: reasoning, text, tool arguments",
  "running-tools": "at least one tool runs and nothing streams",
  retrying: "failed attempts and the pauses between them",
  "waiting-for-model": "a request is out and nothing has come back: network, queue, prompt processing",
  "waiting-for-user": "between turns, and while a question or a refused permission stood open",
  overhead: "the rest of a turn: snapshots, bookkeeping, preparation",
  unknown: "the record stops: a crash, a missing end",
};

export const BASIS_LABELS: Readonly<Record<Basis, string>> = {
  recorded: "recorded",
  measured: "measured",
  derived: "derived",
  estimated: "estimated",
  unknown: "not known",
};

export const OUTCOME_LABELS: Readonly<Record<Report["session"]["outcome"], string>> = {
  complete: "complete",
  failed: "ended with an error",
  aborted: "aborted",
  unfinished: "unfinished",
};

/** Names of the colours in the chart's legend, in the order in which they are listed. */
export const PAINT_LABELS: Readonly<Record<string, string>> = {
  generating: "AI thinking",
  waiting: "waiting for the model",
  retrying: "retries",
  read: "tool that reads",
  write: "tool that writes",
  tool: "other tool",
  subagent: "subagent",
  overhead: "tool that started a subagent",
  turn: "turn, step: overhead where nothing lies below",
  user: "waiting for you",
  unknown: "no record",
};

/** Why a call found little in the cache. */
export const CACHE_MISS_LABELS: Readonly<Record<CacheMiss, string>> = {
  "first-call": "cache empty: first call",
  pause: "cache missed: pause of over 5 minutes",
  compaction: "cache missed: compaction",
  "model-change": "cache missed: another model",
  "agent-change": "cache missed: another agent",
  unknown: "cache missed: unknown why",
};

export const CONTEXT_KIND_LABELS: Readonly<Record<ContextKind, string>> = {
  base: "base",
  user: "prompts",
  "task-prompt": "task prompts",
  "attached-file": "attached files",
  assistant: "answers",
  reasoning: "reasoning",
  "tool-call": "tool arguments",
  "tool-result": "tool results",
  "compaction-summary": "an earlier summary",
  "compaction-input": "a compaction's own prompt",
  unattributed: "unattributed",
};
