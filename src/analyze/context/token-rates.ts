import type { TextShape } from "../../model/session.js";
import type { Tokens } from "../../model/units.js";
import { linearSolve } from "../linear-solve.js";
import type { ContextItem } from "./context-items.js";

/** What a model's tokenizer makes of texts: tokens for each thing that a shape counts, as far as the prompts tell. */
export interface TokenRates {
  readonly perFeature: Readonly<Record<keyof TextShape, number>>;
  /** What every piece costs beside its text. */
  readonly perPiece: number;
  /** How much of the reasoning of earlier answers is in later prompts; 0 where that is not shown. */
  readonly reasoning: number;
}

/** By how much a prompt grew from one call of a series to the next, and what was added. */
export interface Growth {
  readonly tokens: number;
  readonly added: readonly ContextItem[];
}

/**
 * What common tokenizers take on average (o200k, cl100k and p50k over code, logs, JSON, prose and East Asian text), and
 * how far they differ: standard deviations.
 */
const PRIOR: Readonly<Record<keyof TextShape, readonly [rate: number, deviation: number]>> = {
  words: [1.05, 0.1],
  longWords: [0.2, 0.15],
  wordsAtDigits: [-0.3, 0.2],
  digitGroups: [1.35, 0.2],
  marks: [0.6, 0.2],
  moreMarks: [0.75, 0.25],
  lineBreaks: [0.6, 0.35],
  indents: [0.9, 0.4],
  spacesAtDigits: [0.7, 0.4],
  han: [1, 0.6],
  kana: [0.85, 0.5],
  hangul: [1, 0.8],
  others: [0.7, 0.5],
};
const FEATURES = Object.keys(PRIOR) as (keyof TextShape)[];
/** All rates of a tokenizer may lie above or below the average together. */
const SCALE_DEVIATION = 0.25;
const PER_PIECE: readonly [number, number] = [1, 2];
const REASONING_DEVIATION = 0.5;
/** What a growth may be off by beside what the rates explain. */
const NOISE_SHARE = 0.02;
const NOISE_TOKENS = 3;
/** No text takes less than this share of what it takes on average. */
const LEAST_OF_AVERAGE = 0.6;
/** From how many standard deviations on a growth counts less: something was added that nothing tells of. */
const OUTLIER = 2.5;
const ROUNDS = 4;
/** How much reasoning there must have been, and how much of it must show, before it is held to be sent again. */
const SHOWN_TOKENS = 200;
const SHOWN_SHARE = 0.6;

/**
 * The rates of one model, fitted to the growth of its prompts: Bayesian linear regression with the prior above
 * (ridge regression around it), by iteratively reweighted least squares with Huber's weights. `others`: the growths of
 * the session's other models.
 */
export function tokenRates(growths: readonly Growth[], others: readonly Growth[] = []): TokenRates {
  const usable = growths.filter(isUsable);
  const equations = usable.map(equation);
  // The models of a session are often of one family: what the others show is where the fit of this one starts.
  const prior = fitted(others.filter(isUsable).map(equation).map(withoutReasoning), AVERAGE).with(-1, 0);
  const theta = fitted(equations, prior);
  const shown = usable.flatMap(({ added }) => added.map(reasoningSize)).reduce((sum, size) => sum + size, 0);
  if (shown >= SHOWN_TOKENS && (theta.at(-1) as number) >= SHOWN_SHARE) return ratesOf(theta);
  return ratesOf(fitted(equations.map(withoutReasoning), prior).with(-1, 0));
}

function isUsable({ added }: Growth): boolean {
  return added.every(({ shape }) => shape !== null);
}

/** Tokens of a piece by the rates alone; at least one. 0 for what has no shape, or is not sent again. */
export function estimatedTokens({ kind, shape, reasoningTokens }: ContextItem, rates: TokenRates): number {
  if (shape === null) return 0;
  const beside = kind === "reasoning" ? 0 : rates.perPiece;
  const fitted = FEATURES.reduce((sum, name) => sum + shape[name] * rates.perFeature[name], beside);
  const average = averageTokens(shape);
  // Rates that are right for long texts can be far off for a short one.
  const text = Math.max(fitted, LEAST_OF_AVERAGE * average);
  if (kind === "reasoning") return rates.reasoning * (reasoningTokens || text);
  return Math.max(1, text);
}

/** Tokens of a text as common tokenizers count them. */
export function averageTokens(shape: TextShape): Tokens {
  return FEATURES.reduce((sum, name) => sum + shape[name] * PRIOR[name][0], 0);
}

/** One growth as an equation over theta: scale, the features' own deviations, pieces, reasoning. */
interface Equation {
  readonly x: readonly number[];
  readonly y: number;
}

function equation({ tokens, added }: Growth): Equation {
  const sent = added.filter(({ kind }) => kind !== "reasoning");
  const counts = FEATURES.map((name) => sent.reduce((sum, { shape }) => sum + (shape?.[name] ?? 0), 0));
  const average = counts.reduce((sum, count, i) => sum + count * PRIOR[FEATURES[i] as keyof TextShape][0], 0);
  const reasoning = added.reduce((sum, item) => sum + reasoningSize(item), 0);
  return { x: [average, ...counts, sent.length, reasoning], y: tokens - average };
}

function withoutReasoning({ x, y }: Equation): Equation {
  return { x: x.with(-1, 0), y };
}

/** As the provider counted it, else by its text. */
function reasoningSize({ kind, shape, reasoningTokens }: ContextItem): number {
  if (kind !== "reasoning") return 0;
  return reasoningTokens || (shape === null ? 0 : averageTokens(shape));
}

/** Theta of the average tokenizer, and the precision of each: one over the square of its deviation. */
const AVERAGE: readonly number[] = [0, ...FEATURES.map(() => 0), PER_PIECE[0], 0];
const DEVIATIONS = [SCALE_DEVIATION, ...FEATURES.map((name) => PRIOR[name][1]), PER_PIECE[1], REASONING_DEVIATION];
const PRECISION = DEVIATIONS.map((deviation) => 1 / deviation ** 2);

function fitted(equations: readonly Equation[], prior: readonly number[]): number[] {
  if (equations.length === 0) return [...prior];
  let theta: readonly number[] = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const weights = equations.map(({ x, y }) => {
      const noise = NOISE_TOKENS + NOISE_SHARE * Math.max(0, y + (x[0] as number));
      const off = Math.abs(y - dot(x, theta)) / noise;
      return (round > 0 && off > OUTLIER ? OUTLIER / off : 1) / noise ** 2;
    });
    theta = solved(equations, weights, prior) ?? prior;
  }
  return [...theta];
}

/** The normal equations, with the prior as equations of their own. */
function solved(equations: readonly Equation[], weights: readonly number[], prior: readonly number[]): number[] | null {
  const matrix = prior.map((_, i) => prior.map((__, j) => (i === j ? (PRECISION[i] as number) : 0)));
  const right = prior.map((mean, i) => mean * (PRECISION[i] as number));
  equations.forEach(({ x, y }, k) => {
    const weight = weights[k] as number;
    for (let i = 0; i < x.length; i++) {
      const scaled = weight * (x[i] as number);
      if (scaled === 0) continue;
      right[i] = (right[i] as number) + scaled * y;
      const row = matrix[i] as number[];
      for (let j = 0; j < x.length; j++) row[j] = (row[j] as number) + scaled * (x[j] as number);
    }
  });
  return linearSolve(matrix, right);
}

function ratesOf(theta: readonly number[]): TokenRates {
  const scale = 1 + (theta[0] as number);
  const rate = (name: keyof TextShape, i: number) => PRIOR[name][0] * scale + (theta[i + 1] as number);
  return {
    perFeature: Object.fromEntries(FEATURES.map((name, i) => [name, rate(name, i)])) as TokenRates["perFeature"],
    perPiece: theta.at(-2) as number,
    reasoning: Math.min(1, Math.max(0, theta.at(-1) as number)),
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
