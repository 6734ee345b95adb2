import type { IntentRow } from "../model/report.js";
import type { Share } from "../model/units.js";
import { knownMean } from "./means.js";

/** How well classifications of intents fit. A figure is null where nothing tells it. */
export interface IntentFigures {
  readonly count: number;
  /** Those of which somebody has said what was right. */
  readonly labelled: number;
  readonly accuracy: Share | null;
  /** Those that say how sure they were. */
  readonly confident: number;
  readonly meanConfidence: Share | null;
  /** Those that say whether they were handed on. */
  readonly mayEscalate: number;
  readonly escalationRate: Share | null;
  /** Ten of equal width, from 0 on; empty where no confidence is known. */
  readonly bins: readonly ConfidenceBin[];
  /**
   * Expected calibration error: how far confidence and accuracy are apart in a bin, as the mean over what is labelled.
   */
  readonly calibrationError: Share | null;
}

/** Classifications of about the same confidence. */
export interface ConfidenceBin {
  readonly from: Share;
  readonly to: Share;
  readonly count: number;
  readonly right: number;
  readonly wrong: number;
  /** Nobody has said what was right. */
  readonly unknown: number;
  /** Of those that are labelled: what is compared with the accuracy. */
  readonly meanConfidence: Share | null;
  readonly accuracy: Share | null;
}

/** What was said against what was right, of those that are labelled. */
export interface ConfusionMatrix {
  /** The most frequent first, counting both what was said and what was right. */
  readonly labels: readonly string[];
  /** `counts[said][correct]`, by the order of `labels`. */
  readonly counts: readonly (readonly number[])[];
  /** Labelled classifications that are in no cell: one of their two labels is not among `labels`. */
  readonly leftOut: number;
}

const BINS = 10;

export function intentFigures(rows: readonly IntentRow[]): IntentFigures {
  const labelled = rows.filter(isLabelled);
  const confident = rows.filter(({ confidence }) => confidence !== null);
  const mayEscalate = rows.filter(({ escalated }) => escalated !== null);
  const bins = confident.length === 0 ? [] : Array.from({ length: BINS }, (_, i) => confidenceBin(i, confident));
  return {
    ...{ count: rows.length, labelled: labelled.length, accuracy: shareOf(labelled, isRight) },
    ...{ confident: confident.length, meanConfidence: knownMean(rows, ({ confidence }) => confidence) },
    ...{ mayEscalate: mayEscalate.length, escalationRate: shareOf(mayEscalate, ({ escalated }) => escalated === true) },
    ...{ bins, calibrationError: calibrationError(bins) },
  };
}

function confidenceBin(i: number, confident: readonly IntentRow[]): ConfidenceBin {
  const rows = confident.filter(({ confidence }) => binOf(confidence as Share) === i);
  const labelled = rows.filter(isLabelled);
  const right = labelled.filter(isRight).length;
  return {
    ...{ from: i / BINS, to: (i + 1) / BINS, count: rows.length },
    ...{ right, wrong: labelled.length - right, unknown: rows.length - labelled.length },
    meanConfidence: knownMean(labelled, ({ confidence }) => confidence),
    accuracy: shareOf(labelled, isRight),
  };
}

/** A bin holds its lower edge, the last one its upper edge too; what is no share stands at the end that it is nearer to. */
function binOf(confidence: Share): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor(confidence * BINS + 1e-9)));
}

function calibrationError(bins: readonly ConfidenceBin[]): Share | null {
  const gap = ({ meanConfidence, accuracy }: ConfidenceBin) =>
    meanConfidence === null || accuracy === null ? null : Math.abs(meanConfidence - accuracy);
  return knownMean(bins, gap, ({ right, wrong }) => right + wrong);
}

/** `most`: how many labels it has at most, on either side. */
export function confusionMatrix(rows: readonly IntentRow[], most: number): ConfusionMatrix {
  const labelled = rows.filter(isLabelled);
  const labels = mostFrequent(labelled, most);
  const placeOf = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => labels.map(() => 0));
  let leftOut = 0;
  for (const { label, correctLabel } of labelled) {
    const [said, correct] = [placeOf.get(label), placeOf.get(correctLabel as string)];
    const row = said === undefined ? undefined : counts[said];
    if (row && correct !== undefined) row[correct] = (row[correct] ?? 0) + 1;
    else leftOut++;
  }
  return { labels, counts, leftOut };
}

function mostFrequent(labelled: readonly IntentRow[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { label, correctLabel } of labelled)
    for (const each of [label, correctLabel as string]) counts.set(each, (counts.get(each) ?? 0) + 1);
  const sorted = [...counts].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1));
  return sorted.slice(0, most).map(([label]) => label);
}

function isLabelled({ correctLabel }: IntentRow): boolean {
  return correctLabel !== null;
}

function isRight({ label, correctLabel }: IntentRow): boolean {
  return label === correctLabel;
}

function shareOf<Row>(rows: readonly Row[], is: (row: Row) => boolean): Share | null {
  return rows.length === 0 ? null : rows.filter(is).length / rows.length;
}
