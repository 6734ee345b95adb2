import type { Report } from "../../model/report.js";
import { plural } from "../../report/format.js";
import { isNoted, type SuggestionCard, suggestionCards } from "../../report/suggestion-cards.js";
import { codeParts, shortCodeParts } from "./code-parts.js";
import { evidenceViews } from "./evidence.js";
import { BASIS_LABELS } from "./labels.js";
import { savingsView } from "./savings.js";
import type { SpanLinks } from "./span-links.js";
import { suggestionsAnswer } from "./suggestions-answer.js";

/** How many stand in the Overview, with how many of their savings. */
const TOP = 3;
const MOST_SAVINGS = 1;

/** Strings for the template of the Suggestions section. */
export function suggestionsView(report: Report, links: SpanLinks) {
  const evidence = evidenceViews(report, links);
  return {
    answer: suggestionsAnswer(report),
    foot: footText(report),
    cards: suggestionCards(report).map((card) => {
      const { type, message, why, affected, affectedNoun, basis, formula, caveat, apply } = card.suggestion;
      return {
        ...headView(card),
        ...{ type, message: codeParts(message), why, caveat },
        apply: apply.map(({ label, text }) => ({ label: PLACES.get(label) ?? label, text })),
        affected: plural(affected, affectedNoun),
        evidence: evidence(card.suggestion.evidence),
        basis: [BASIS_LABELS[basis], formula].filter(Boolean).join(": "),
      };
    }),
  };
}

/** Strings for the first suggestions in the Overview. */
export function topSuggestions(report: Report) {
  const cards = suggestionCards(report).filter(({ suggestion }) => !isNoted(suggestion));
  return {
    answer: suggestionsAnswer(report),
    cards: cards.slice(0, TOP).map((card) => ({
      ...headView(card, MOST_SAVINGS),
      href: `#${card.id}`,
      message: shortCodeParts(card.suggestion.message),
    })),
    all: cards.length > TOP ? `All ${plural(cards.length, "suggestion")}` : plural(cards.length, "suggestion"),
  };
}

/** What to do with a text, by where it belongs. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["AGENTS.md", "Add to AGENTS.md"],
  ["opencode.json", "Merge into opencode.json"],
  ["Prompt", "Say in a prompt"],
  ["Shell", "Run in a shell"],
]);

/** What the figures are; without any, what was looked into. */
function footText({ suggestions, summary, lacks }: Report): string {
  if (lacks?.includes("suggestions")) return "";
  if (suggestions.length > 0)
    return "Savings overlap: do not add them up. Time saved is how much sooner the turns would have ended. A step is one answer of the model with the calls that it made; carried is what later prompts held of something.";
  return summary.modelCalls + summary.toolCalls > 0
    ? "Looked into: steps and tasks that could have been one, what failed or went in circles, retries and waits, the cache, what every prompt carried along, and the choice of models."
    : "";
}

function headView({ id, suggestion }: SuggestionCard, most?: number) {
  const { savings, quiet } = savingsView(suggestion);
  return { id, title: codeParts(suggestion.title), saves: { savings: savings.slice(0, most), quiet } };
}
