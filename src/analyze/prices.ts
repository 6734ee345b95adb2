import { group } from "d3";
import type { PriceBook, TokenPrices } from "../model/price-book.js";
import type { Message, Session } from "../model/session.js";
import type { TokenUsage, Usd } from "../model/units.js";
import { linearSolve } from "./linear-solve.js";
import { lacksSmallerModel } from "./smaller-models.js";
import { isOff, limitsOf, type RuleSettings } from "./thresholds.js";

/** What each kind of token of a call cost: USD per token; null where no prices lead to the recorded costs. */
export type RatesOf = (message: Message) => TokenPrices | null;

/** A recorded 0 beside used tokens: a subscription, a free model. */
const FREE: TokenPrices = { uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0 };
/** How far prices may lead away from the recorded costs before they are no prices of this session. */
const TOLERANCE = 0.01;

/** Whether a session leaves open what only a price list can tell: its costs, or what a smaller model would have cost. */
export function needsPriceBook(session: Session, settings: RuleSettings = {}): boolean {
  const counted = countedMessages(session);
  if (counted.some(isUnpriced)) return true;
  if ([...byModel(counted.filter(isCharged)).values()].some((all) => !solvedRates(all))) return true;
  if (isOff("smaller-model", settings)) return false;
  return lacksSmallerModel(session, () => pricesOf(session, null), limitsOf("smaller-model", settings));
}

/** The session with an estimate by list prices for every call that was counted and has no recorded cost. */
export function withEstimatedCosts(session: Session, book: PriceBook | null): Session {
  if (!book) return session;
  const messages = session.messages.map((message) => {
    const rates = isUnpriced(message) ? listedRates(message, book) : null;
    return rates ? { ...message, costUsd: costBy(rates, message), costIsEstimated: true as const } : message;
  });
  return { ...session, messages };
}

/** `book`: null where it is not needed. */
export function pricesOf(session: Session, book: PriceBook | null): RatesOf {
  const listed: RatesOf = (message) => book && listedRates(message, book);
  const charged = byModel(countedMessages(session).filter(isCharged));
  const ratesOfModel = new Map([...charged].map(([model, all]) => [model, ratesLeadingTo(all, listed)]));
  return (message) => {
    if (message.costIsEstimated) return listed(message);
    if (message.costUsd === 0) return FREE;
    return isCharged(message) ? (ratesOfModel.get(message.model)?.(message) ?? null) : null;
  };
}

function ratesLeadingTo(messages: readonly Message[], listed: RatesOf): RatesOf {
  const solved = solvedRates(messages);
  if (solved) return () => solved;
  return leadsToCosts(messages, listed) ? listed : () => null;
}

function listedRates(message: Message, book: PriceBook): TokenPrices | null {
  return message.model === null ? null : book.pricesFor(message.model, usageOf(message), message.createdAt);
}

/** What a call costs by rates. Releases that counted reasoning inside output charged it twice. */
function costBy(rates: TokenPrices, message: Message): Usd {
  const { uncachedInput, cacheRead, cacheWrite, output } = charged(message);
  return (
    uncachedInput * rates.uncachedInput +
    cacheRead * rates.cacheRead +
    cacheWrite * rates.cacheWrite +
    output * rates.output
  );
}

type Charged = Readonly<Record<keyof TokenPrices, number>>;
const COUNTS: readonly (keyof TokenPrices)[] = ["uncachedInput", "cacheRead", "cacheWrite", "output"];

function charged(message: Message): Charged {
  const { uncachedInput, cacheRead, cacheWrite, output, reasoning } = usageOf(message);
  const isTwice = message.reasoningWasInside && isCharged(message);
  return { uncachedInput, cacheRead, cacheWrite, output: output + reasoning * (isTwice ? 2 : 1) };
}

/** Prices that lead to the recorded costs of one model's calls: least squares. null where they are not the only ones. */
function solvedRates(messages: readonly Message[]): TokenPrices | null {
  const rows = messages.map(charged);
  const counts = COUNTS.filter((name) => rows.some((row) => row[name] > 0));
  if (rows.length < counts.length) return null;
  const matrix = counts.map((a) => counts.map((b) => rows.reduce((sum, row) => sum + row[a] * row[b], 0)));
  const right = counts.map((a) => rows.reduce((sum, row, i) => sum + row[a] * (messages[i]?.costUsd ?? 0), 0));
  const solution = linearSolve(matrix, right);
  if (!solution || solution.some((rate) => rate < -1e-9)) return null;
  const rate = (name: keyof TokenPrices) => Math.max(0, solution[counts.indexOf(name)] ?? 0);
  const rates = {
    uncachedInput: rate("uncachedInput"),
    cacheRead: rate("cacheRead"),
    cacheWrite: rate("cacheWrite"),
    output: rate("output"),
  };
  // As many equations as prices have a solution, whatever it means: then it must at least look like prices.
  if (rows.length === counts.length && !isPlausible(counts.map((name) => [name, rates[name]]))) return null;
  return leadsToCosts(messages, () => rates) ? rates : null;
}

/** Reading from the cache is cheaper than input, output is dearer. */
function isPlausible(rates: readonly (readonly [keyof TokenPrices, number])[]): boolean {
  const order: readonly (keyof TokenPrices)[] = ["cacheRead", "uncachedInput", "output"];
  const known = order.flatMap((name) => rates.filter(([each]) => each === name).map(([, rate]) => rate));
  return rates.every(([, rate]) => rate > 0) && known.every((rate, i) => i === 0 || rate >= (known[i - 1] as number));
}

function leadsToCosts(messages: readonly Message[], ratesOf: (message: Message) => TokenPrices | null): boolean {
  let off = 0;
  let recorded = 0;
  for (const message of messages) {
    const rates = ratesOf(message);
    if (!rates) return false;
    off += Math.abs(costBy(rates, message) - (message.costUsd ?? 0));
    recorded += message.costUsd ?? 0;
  }
  return off <= TOLERANCE * recorded;
}

function countedMessages({ messages }: Session): Message[] {
  return messages.filter(({ tokens }) => tokens !== null);
}

function byModel(messages: readonly Message[]): ReadonlyMap<string | null, Message[]> {
  return group(messages, ({ model }) => model);
}

function isCharged({ costUsd, costIsEstimated }: Message): boolean {
  return costUsd !== null && costUsd > 0 && !costIsEstimated;
}

/** Counted, but without a recorded cost. */
function isUnpriced({ costUsd, tokens }: Message): boolean {
  return costUsd === null && tokens !== null;
}

function usageOf({ tokens }: Message): TokenUsage {
  return tokens as TokenUsage;
}
