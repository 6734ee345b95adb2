import type { Report, Suggestion, Summary } from "../../model/report.js";
import { formatCompact, formatCount, formatDuration, formatUsd, plural } from "../../report/format.js";
import { isNoted, suggestionCount } from "../../report/suggestion-cards.js";

/** What a suggestion would have saved of one kind of thing. `share`: of all of it; `saved`: in words. */
interface Part {
  readonly share: number;
  readonly saved: string;
}

/** The answer first: the most that one change would have saved. Never a sum: savings overlap. */
export function suggestionsAnswer(report: Report): { lead: string; rest: string } {
  const { suggestions, summary } = report;
  const first = suggestions.find((each) => !isNoted(each));
  if (!first) return nothingFound(report);
  const count = plural(suggestionCount(report), "suggestion");
  const [largest] = partsOf(first, summary).sort((a, b) => b.share - a.share);
  if (!largest) return { lead: count, rest: "; what would have been saved cannot be told." };
  const isEstimated = first.basis === "estimated";
  const which = suggestionCount(report) === 1 ? "one change" : `the largest of ${count}`;
  return {
    lead: `${isEstimated ? "Up to " : ""}${largest.saved}`,
    rest: ` ${isEstimated ? "could" : "would"} have been saved by ${which}: ${first.title.replace(/\.$/, "")}.`,
  };
}

function partsOf({ savings, basis }: Suggestion, { activeMs, wallMs, tokens, costUsd }: Summary): Part[] {
  const { ms = 0, share, tokens: spared = 0, usd = 0 } = savings;
  const count = basis === "estimated" ? formatCompact : formatCount;
  const part = (size: number, whole: number | null, saved: string): Part[] =>
    size > 0 ? [{ share: whole ? size / whole : 0, saved }] : [];
  return [
    ...(share === undefined
      ? part(ms, wallMs, `${formatDuration(ms)} of waiting for you`)
      : part(ms, activeMs, `${formatDuration(ms)} of ${formatDuration(activeMs)} of work`)),
    ...part(spared, tokens.total, `${count(spared)} of ${count(tokens.total)} tokens`),
    ...part(usd, costUsd, `${formatUsd(usd)}${costUsd === null ? "" : ` of ${formatUsd(costUsd)}`}`),
  ];
}

function nothingFound({ summary: { modelCalls, toolCalls }, lacks, redaction }: Report): {
  lead: string;
  rest: string;
} {
  if (lacks?.includes("suggestions")) return { lead: "Not looked for", rest: " by the release that made this report." };
  if (modelCalls + toolCalls === 0) return { lead: "Nothing to look into", rest: ": no model call and no tool call." };
  const isQuiet = redaction?.level === "content" || redaction?.level === "strict";
  const rest = isQuiet ? " What was said is left out of this report, so rules that go by texts could not look." : "";
  return { lead: "Nothing worth changing was found.", rest };
}
