import type { Basis, Milliseconds, Share, Tokens, Usd } from "./units.js";

/** What a suggestion is about changing. */
export type SuggestionType = "model" | "batching" | "prompting" | "context" | "reliability";

/** The part of the page that a suggestion is about: there it stands once more, as one line. */
export type Panel =
  | "ledger"
  | "slowest"
  | "model-calls"
  | "critical-path"
  | "subagents"
  | "composition"
  | "by-file"
  | "by-message"
  | "by-model"
  | "by-tool"
  | "compactions"
  | "skills"
  | "edits";

/**
 * What a change would save, as far as the data tells. Each alone: what overlaps with another suggestion is in both. A
 * field that is absent is not known; it is not nothing.
 */
export interface Savings {
  /** What the turns would be shorter: time that was hidden behind something longer is not in it. */
  readonly ms?: Milliseconds;
  /** Of active time; absent where `ms` is time in which the agent waited for the user. */
  readonly share?: Share;
  /** Of all kinds, as the provider counts them. */
  readonly tokens?: Tokens;
  readonly usd?: Usd;
}

/** A text that a user can use at once. */
export interface Remedy {
  /** Where it belongs: `AGENTS.md`, `opencode.json`, `Prompt`. */
  readonly label: string;
  readonly text: string;
}

/** One finding of one rule. */
export interface Suggestion {
  /** The rule's id: a noun for what is wrong. */
  readonly rule: string;
  readonly type: SuggestionType;
  /** What to do. */
  readonly title: string;
  /** What was found, with its figures. */
  readonly message: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** The spans that show it, in their order. */
  readonly evidence: readonly number[];
  /** How many responses, calls or whatever it is that `affectedNoun` names, in the singular. */
  readonly affected: number;
  readonly affectedNoun: "response" | "call" | "turn" | "read" | "task" | "compaction" | "wait" | "gap";
  readonly savings: Savings;
  /** How sure the savings are; of what saves nothing that can be told, how sure the finding is. */
  readonly basis: Basis;
  /** How the savings were worked out, in words with the numbers put in. */
  readonly formula: string;
  /** What the reader must weigh against it; null where there is nothing. */
  readonly caveat: string | null;
  readonly apply: readonly Remedy[];
  readonly panel: Panel;
}
