import type { Report, ReportSpan, Suggestion } from "../model/report.js";

/** A suggestion's place in the page: the id of its card there. */
export interface SuggestionCard {
  readonly id: string;
  readonly suggestion: Suggestion;
}

/** In the order of the Report. The second of a rule is `suggestion-<rule>-2`. */
export function suggestionCards({ suggestions }: Report): SuggestionCard[] {
  const counts = new Map<string, number>();
  return suggestions.map((suggestion) => {
    const { rule } = suggestion;
    const nth = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, nth);
    return { id: nth === 1 ? `suggestion-${rule}` : `suggestion-${rule}-${nth}`, suggestion };
  });
}

/** Something that is said without asking for any change. */
export function isNoted({ savings, apply }: Suggestion): boolean {
  return apply.length === 0 && Object.keys(savings).length === 0;
}

/** How many ask for a change. */
export function suggestionCount({ suggestions }: Report): number {
  return suggestions.filter((suggestion) => !isNoted(suggestion)).length;
}

/** The suggestions that a span is evidence of: itself, the step that it lies in, or a call that lies in it. */
export function cardsAbout(report: Report, spanId: number): SuggestionCard[] {
  const isAbout = (shown: number) =>
    shown === spanId || isPart(report.spans, shown, spanId) || isPart(report.spans, spanId, shown);
  return suggestionCards(report).filter(({ suggestion }) => suggestion.evidence.some(isAbout));
}

/** Steps are made of calls, and calls of waits. */
function isPart(spans: readonly ReportSpan[], part: number, whole: number): boolean {
  return spans[part]?.parent === whole && (spans[whole]?.kind === "step" || spans[part]?.kind === "wait");
}
