import type { Savings, Suggestion } from "../../model/report.js";
import { formatCompact, formatCount, formatDuration, formatShare, formatUsd } from "../../report/format.js";
import { isNoted } from "../../report/suggestion-cards.js";

/** One figure of what a change would save, and what it is of. */
export interface Saving {
  readonly text: string;
  readonly detail: string;
}

/** What a change would save, as far as it is known; where nothing is, `quiet` says so. */
export function savingsView(suggestion: Suggestion): { savings: Saving[]; quiet: string } {
  const { savings, basis } = suggestion;
  const figures = savingFigures(savings, basis === "estimated" ? { most: "up to ", count: formatCompact } : EXACT);
  const quiet = isNoted(suggestion) ? "noted" : "saving not known";
  return { savings: figures, quiet: figures.length === 0 ? quiet : "" };
}

/** What is estimated is said as a limit, and without digits that nobody knows. */
interface Precision {
  readonly most: string;
  readonly count: (count: number) => string;
}

const EXACT: Precision = { most: "", count: formatCount };

function savingFigures({ ms, share, tokens, usd }: Savings, { most, count }: Precision): Saving[] {
  const figure = (value: number | undefined, format: (size: number) => string, detail = "") =>
    value === undefined ? [] : [{ text: `${most}${changeText(value, format)}`, detail }];
  return [
    ...figure(ms, formatDuration, share === undefined ? "of waiting for you" : `${formatShare(share)} of active`),
    ...figure(tokens, (size) => `${count(size)}\u00a0tokens`),
    ...figure(usd, formatUsd),
  ];
}

/** What is saved has a minus, what comes on top a plus; what is less than can be shown has neither. */
function changeText(saved: number, format: (size: number) => string): string {
  const size = format(Math.abs(saved));
  if (saved === 0 || size.startsWith("<")) return size;
  return `${saved > 0 ? "−" : "+"}${size}`;
}
