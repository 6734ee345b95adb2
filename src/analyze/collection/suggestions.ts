import { group } from "d3";
import type { RecurringSuggestion } from "../../model/collection.js";
import type { Report, Savings, Suggestion } from "../../model/report.js";
import { isNoted } from "../../report/suggestion-cards.js";
import { roundedUsd } from "../round.js";
import { RULES } from "../rules/index.js";
import { sumOfKnown } from "../sum-of-known.js";
import { byText, type Fold, Rows } from "./fold.js";

/** Sessions that a row leads to. */
const MOST_SESSIONS = 5;

/** What one rule found in one session. */
interface Found {
  readonly sessionId: string;
  readonly findings: number;
  readonly ms: number | null;
  readonly tokens: number | null;
  readonly usd: number | null;
}

interface Row extends Pick<RecurringSuggestion, "rule" | "type" | "title"> {
  readonly found: Found[];
}

/** What the rules found in more than one session, or in the only one. */
export class SuggestionFold implements Fold<RecurringSuggestion[]> {
  readonly #rows = new Rows<Row>();

  add({ report }: { readonly report: Report }): void {
    const asked = report.suggestions.filter((suggestion) => !isNoted(suggestion));
    for (const [rule, own] of group(asked, (suggestion) => suggestion.rule)) {
      const [{ type, title }] = own as [Suggestion];
      const row = this.#rows.of(rule, () => ({ rule, type, title: titleOf(rule) ?? title, found: [] }));
      row.found.push(foundIn(report, own));
    }
  }

  result(): RecurringSuggestion[] {
    const rows = this.#rows.all().map(summed);
    return rows.sort((a, b) => b.sessions - a.sessions || b.findings - a.findings || byText(a.rule, b.rule));
  }
}

/** A rule's own words: a finding may have said more of what it found. */
function titleOf(rule: string): string | undefined {
  return RULES.find(({ id }) => id === rule)?.title;
}

function foundIn({ session }: Report, own: readonly Suggestion[]): Found {
  const sum = (field: keyof Savings) => sumOfKnown(own.map(({ savings }) => savings[field] ?? null));
  return { sessionId: session.id, findings: own.length, ms: sum("ms"), tokens: sum("tokens"), usd: sum("usd") };
}

function summed({ found, ...row }: Row): RecurringSuggestion {
  const sum = (of: (one: Found) => number | null) => sumOfKnown(found.map(of));
  const largest = [...found].sort((a, b) => size(b) - size(a) || byText(a.sessionId, b.sessionId));
  return {
    ...row,
    sessions: found.length,
    findings: found.reduce((count, { findings }) => count + findings, 0),
    ms: sum(({ ms }) => ms),
    tokens: sum(({ tokens }) => tokens),
    usd: roundedUsd(sum(({ usd }) => usd)),
    sessionIds: largest.slice(0, MOST_SESSIONS).map(({ sessionId }) => sessionId),
  };
}

/** Tokens tell most of what a finding is worth; where none are known, time does. */
function size({ tokens, ms }: Found): number {
  return tokens ?? ms ?? 0;
}
