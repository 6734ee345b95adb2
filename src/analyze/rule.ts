import type { Panel, Suggestion, SuggestionType } from "../model/report.js";
import type { Milliseconds, Tokens, Usd } from "../model/units.js";
import type { SessionFacts } from "./facts/session-facts.js";
import type { Limits, RuleId } from "./thresholds.js";

/** One suggestion that may be made: data and one pure function. */
export interface Rule<Id extends RuleId = RuleId> {
  /** A noun for the failing state; equal to the file's name. */
  readonly id: Id;
  readonly type: SuggestionType;
  /** Imperative: what the reader should do. */
  readonly title: string;
  /** Why the reader should care, in one sentence. */
  readonly why: string;
  readonly panel: Panel;
  /** What is wrong in a session, by the rule's thresholds; mostly one finding or none. */
  find(facts: SessionFacts, limits: Limits<Id>): readonly Finding[];
}

type SaidByFinding = "message" | "evidence" | "affected" | "affectedNoun" | "basis" | "formula" | "apply";

/** What a rule found. What it does not say of itself is said by the rule. */
export interface Finding extends Pick<Suggestion, SaidByFinding> {
  readonly title?: string;
  readonly why?: string;
  readonly caveat?: string;
  readonly savings: FoundSavings;
}

/** Not rounded. What is null or absent cannot be told; a saving of nothing is no saving. */
export interface FoundSavings {
  /** Never more than the turns would be shorter: see `WorkTime`. */
  readonly ms?: Milliseconds | null;
  /** True where `ms` is time in which the agent waited for the user: it is no part of active time. */
  readonly isWaitForUser?: true;
  readonly tokens?: Tokens | null;
  readonly usd?: Usd | null;
}
