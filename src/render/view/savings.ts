import type { Savings, Suggestion } from "../../model/report.js";
import { formatCount, formatDuration, formatShare, formatUsd } from "../../report/format.js";

/** One figure of what a change would save, and what it is of. */
export interface Saving {
  readonly text: string;
  readonly detail: string;
}

/** What a change would save, as far as it is known; where nothing is, `quiet` says so. */
export function savingsView({ savings, apply }: Suggestion): { savings: Saving[]; quiet: string } {
  const figures = savingFigures(savings);
  const quiet = apply.length === 0 ? "noted" : "saving not known";
  return { savings: figures, quiet: figures.length === 0 ? quiet : "" };
}

function savingFigures({ ms, share, tokens, usd }: Savings): Saving[] {
  const figure = (value: number | undefined, format: (size: number) => string, detail = "") =>
    value === undefined ? [] : [{ text: changeText(value, format), detail }];
  return [
    ...figure(ms, formatDuration, share === undefined ? "of waiting for you" : `${formatShare(share)} of active`),
    ...figure(tokens, (count) => `${formatCount(count)}\u00a0tokens`),
    ...figure(usd, formatUsd),
  ];
}

/** What is saved has a minus, what comes on top a plus; what is less than can be shown has neither. */
function changeText(saved: number, format: (size: number) => string): string {
  const size = format(Math.abs(saved));
  if (saved === 0 || size.startsWith("<")) return size;
  return `${saved > 0 ? "−" : "+"}${size}`;
}
