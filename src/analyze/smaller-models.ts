import { group } from "d3";
import type { TokenPrices } from "../model/price-book.js";
import type { Message, Session } from "../model/session.js";
import type { Tokens, TokenUsage, Usd } from "../model/units.js";
import { isEdit, isTask } from "../report/tool-names.js";
import { messagesBySession } from "./context/context-walk.js";
import type { RatesOf } from "./prices.js";
import type { Limits } from "./thresholds.js";

/** A model that would have been cheaper, and what it charges. */
export interface CheaperModel {
  readonly model: string;
  readonly prices: TokenPrices;
}

/** Rounding in recorded costs must not decide whether a model is three times cheaper. */
const TOLERANCE = 1e-6;

/**
 * Answers that a smaller model might have given as well, by model: charged, short, without reasoning, an edit or
 * work given to a subagent, and neither they nor the answer after them ran into an error.
 */
export function smallAnswers(session: Session, mostOutputTokens: Tokens): ReadonlyMap<string, readonly Message[]> {
  const found = [...messagesBySession(session).values()].flatMap((messages) =>
    messages.filter((message, i) => {
      const next = messages[i + 1];
      return isSmall(message, mostOutputTokens) && !(next?.role === "assistant" && hasFailed(next));
    }),
  );
  return group(found, ({ model }) => model as string);
}

function isSmall(message: Message, mostOutputTokens: Tokens): boolean {
  const { role, model, tokens, tools, costUsd, isCompaction, isCopied } = message;
  return (
    role === "assistant" &&
    model !== null &&
    tokens !== null &&
    (costUsd ?? 0) > 0 &&
    tokens.reasoning === 0 &&
    tokens.output <= mostOutputTokens &&
    !isCompaction &&
    !isCopied &&
    !hasFailed(message) &&
    !tools.some((tool) => isEdit(tool) || isTask(tool))
  );
}

function hasFailed({ error, toolErrors }: Message): boolean {
  return error !== null || toolErrors > 0;
}

/** The nearest of the session's other models that would have been so many times cheaper for these answers; null without one. */
export function cheaperInSession(
  answers: readonly Message[],
  { messages }: Session,
  ratesOf: RatesOf,
  timesCheaper: number,
): CheaperModel | null {
  const own = answers[0]?.model ?? null;
  const others = new Map<string, TokenPrices>();
  for (const message of messages) {
    if (message.model === null || message.model === own || others.has(message.model)) continue;
    const prices = message.tokens && cautious(ratesOf(message));
    if (prices) others.set(message.model, prices);
  }
  const cheaper = [...others]
    .map(([model, prices]) => ({ model, prices }))
    .filter(({ prices }) => isCheaper(answers, prices, timesCheaper));
  return cheaper.sort((a, b) => costAt(b.prices, answers) - costAt(a.prices, answers))[0] ?? null;
}

/** Prices that were solved from costs have a 0 for what was never used: it is taken to cost as much as input. */
function cautious(rates: TokenPrices | null): TokenPrices | null {
  if (rates === null) return null;
  const uncachedInput = rates.uncachedInput || rates.cacheWrite;
  if (uncachedInput === 0 || rates.output === 0) return null;
  const { cacheRead, cacheWrite, output } = rates;
  return { uncachedInput, cacheRead: cacheRead || uncachedInput, cacheWrite: cacheWrite || uncachedInput, output };
}

/** Whether all of these would have cost so many times less. */
export function isCheaper(answers: readonly Message[], prices: TokenPrices, timesCheaper: number): boolean {
  const paid = answers.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  return costAt(prices, answers) * timesCheaper <= paid * (1 + TOLERANCE);
}

export function costAt(prices: TokenPrices, answers: readonly Message[]): Usd {
  return answers.reduce((sum, { tokens }) => sum + (tokens ? usageCost(prices, tokens) : 0), 0);
}

function usageCost(prices: TokenPrices, { uncachedInput, cacheRead, cacheWrite, output, reasoning }: TokenUsage): Usd {
  const prompt = uncachedInput * prices.uncachedInput + cacheRead * prices.cacheRead + cacheWrite * prices.cacheWrite;
  return prompt + (output + reasoning) * prices.output;
}

/** Models that have smaller siblings in a price list, as far as a name tells. Others are not worth opening it for. */
const HAS_SMALLER = /(^|[/.])(claude|gpt|gemini|mistral|nova|o\d)(?!.*(haiku|mini|nano|micro|flash|lite|small))/i;

/** Whether small steps ran on a large model, and the session itself shows none that would have been cheaper. */
export function lacksSmallerModel(
  session: Session,
  ratesOf: () => RatesOf,
  { fewestSteps, mostOutputTokens, timesCheaper }: Limits<"smaller-model">,
): boolean {
  return [...smallAnswers(session, mostOutputTokens)].some(
    ([model, answers]) =>
      answers.length >= fewestSteps &&
      HAS_SMALLER.test(model) &&
      cheaperInSession(answers, session, ratesOf(), timesCheaper) === null,
  );
}
