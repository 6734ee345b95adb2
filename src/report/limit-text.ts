import type { BudgetUnit } from "../model/check.js";
import type { Milliseconds } from "../model/units.js";

/** How a limit is written. */
interface LimitText {
  /** What the whole text must be. */
  readonly pattern: RegExp;
  /** Of a text that fits, in the unit. */
  readonly value: (text: string) => number;
  /** What else it is not, and how to write it. */
  readonly problem: string;
}

/** Times and shares always name their unit: 10 could be seconds or minutes, 5 could be 5 % or five times. */
export const LIMIT_TEXTS: Readonly<Record<BudgetUnit, LimitText>> = {
  ms: {
    pattern: /^(?=\d)(?:\d+(?:\.\d+)?h)?(?:\d+(?:\.\d+)?m)?(?:\d+(?:\.\d+)?s)?(?:\d+ms)?$/,
    value: milliseconds,
    problem: "is no length of time such as 850ms, 30s, 10m or 1h30m",
  },
  usd: {
    pattern: /^\$?\d+(?:\.\d+)?$/,
    value: (text) => Number(text.replace("$", "")),
    problem: "is no cost in US dollars such as 1.50",
  },
  tokens: {
    pattern: /^\d+(?:\.\d+)?[KkM]?$/,
    value: (text) => Math.round(scaled(text)),
    problem: "is no count of tokens such as 500000, 500K or 2M",
  },
  share: {
    pattern: /^\d+(?:\.\d+)?%$/,
    // Not divided: 0.1 % must be the same 0.001 that 1 of 1,000 is.
    value: (text) => Number(`${text.slice(0, -1)}e-2`),
    problem: "is no share such as 5%",
  },
};

const LENGTHS_MS: Readonly<Record<string, Milliseconds>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

function milliseconds(text: string): Milliseconds {
  const parts = [...text.matchAll(/([\d.]+)(ms|[hms])/g)];
  return Math.round(parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (LENGTHS_MS[unit] ?? 0), 0));
}

const EXPONENTS: Readonly<Record<string, number>> = { K: 3, k: 3, M: 6 };

function scaled(text: string): number {
  const exponent = EXPONENTS[text.at(-1) ?? ""];
  return exponent === undefined ? Number(text) : Number(`${text.slice(0, -1)}e${exponent}`);
}
