import type { Report, Suggestion, Summary } from "../../model/report.js";
import { formatCount, formatDuration, formatUsd, plural } from "../../report/format.js";

type Size = (suggestion: Suggestion) => number;

/** Of what something can be saved, what matters most first. `saved`: what it is, and of how much where that is known. */
const KINDS: readonly { readonly size: Size; readonly saved: (size: number, summary: Summary) => string }[] = [
  {
    size: ({ savings: { ms = 0, share } }) => (share === undefined ? 0 : ms),
    saved: (ms, { activeMs }) => `${formatDuration(ms)} of ${formatDuration(activeMs)} of work`,
  },
  {
    size: ({ savings: { tokens = 0 } }) => tokens,
    saved: (count, { tokens }) => `${formatCount(count)} of ${formatCount(tokens.total)} tokens`,
  },
  {
    size: ({ savings: { usd = 0 } }) => usd,
    saved: (usd, { costUsd }) => `${formatUsd(usd)}${costUsd === null ? "" : ` of ${formatUsd(costUsd)}`}`,
  },
  {
    size: ({ savings: { ms = 0 } }) => ms,
    saved: (ms) => `${formatDuration(ms)} of waiting for you`,
  },
];

/** The answer first: the most that one change would have saved. Never a sum: savings overlap. */
export function suggestionsAnswer({ suggestions, summary }: Report): { lead: string; rest: string } {
  if (suggestions.length === 0) return nothingFound(summary);
  const count = plural(suggestions.length, "suggestion");
  for (const { size, saved } of KINDS) {
    const largest = suggestions.reduce((a, b) => (size(b) > size(a) ? b : a));
    if (size(largest) <= 0) continue;
    const about = largest.basis === "estimated" ? "About " : "";
    const which = suggestions.length === 1 ? "one change" : `the largest of ${count}`;
    const title = largest.title.replace(/\.$/, "");
    return {
      lead: `${about}${saved(size(largest), summary)}`,
      rest: ` would have been saved by ${which}: ${title}.`,
    };
  }
  return { lead: count, rest: "; what would have been saved cannot be told." };
}

function nothingFound({ modelCalls, toolCalls }: Summary): { lead: string; rest: string } {
  if (modelCalls + toolCalls === 0) return { lead: "Nothing to look into", rest: ": no model call and no tool call." };
  return { lead: "Nothing worth changing was found.", rest: "" };
}
