import type { TextShape } from "../model/session.js";
import { countStates, TEXT_STATES, type TextState } from "./text-states.js";

/** A longer text is judged by samples of it, evenly spaced: what one costs is bounded, however long it is. */
const SAMPLED_CHARS = 24_576;
const SAMPLES = 6;

/** A word's letters from this place on are beyond what a tokenizer is likely to keep in one token; so many make another. */
const LONG_PLACE = 9;
const MORE_CHARS = 4;
/** Capitals are rarely words of a vocabulary: two make a token. */
const CAPITALS = 2;

/**
 * What a tokenizer sees of a text, without one: byte-pair tokenizers first cut a text into words, groups of digits,
 * runs of marks and white space, and what lies outside ASCII costs by script. What one of each costs is not known here;
 * it is worked out from how the prompts grew (`analyze/token-rates.ts`). One pass, whose states are counted.
 */
export function shapeOf(text: string): TextShape {
  if (text.length <= SAMPLED_CHARS) return shapeOfAll(text, 1);
  const chars = SAMPLED_CHARS / SAMPLES;
  const stride = (text.length - chars) / (SAMPLES - 1);
  const samples = Array.from({ length: SAMPLES }, (_, i) => {
    const start = Math.floor(i * stride);
    return text.slice(start, start + chars);
  });
  return shapeOfAll(samples.join("\n"), text.length / SAMPLED_CHARS);
}

/** The states that each count adds up: those in which a run, a word or a group begins, or what is beyond it stands. */
const WORDS = statesWhere(isWordStart);
const WORDS_BEHIND_DIGITS = statesWhere((state) => isWordStart(state) && state.after === "digit");
const WORDS_BEFORE_DIGITS = first("digit", "word");
const LONG_SMALL = statesWhere(({ kind, place }) => kind === "small" && place === LONG_PLACE);
const LONG_CAPITALS = statesWhere(({ kind, place }) => kind === "capital" && place > CAPITALS);
const LEFT_CAPITALS = statesWhere(({ after }) => after === "more capitals");
const DIGIT_GROUPS = statesWhere(({ kind, place }) => kind === "digit" && (place === 1 || place === 4));
const MARKS = first("mark");
const MORE_MARKS = statesWhere(({ kind, place }) => kind === "mark" && place > 1);
const LINE_BREAKS = first("break");
const INDENTS = statesWhere(({ kind, place }) => kind === "space" && place === 2);
const SPACES_AT_DIGITS = first("digit", "one space");
const HAN = first("han");
const KANA = first("kana");
const HANGUL = first("hangul");
const OTHERS = first("other");

/** A small letter behind several capitals begins a word with the last of them. */
function isWordStart({ kind, place, after }: TextState): boolean {
  if (kind !== "small" && kind !== "capital") return false;
  return place === 1 || after === "two capitals" || after === "more capitals";
}

function first(kind: TextState["kind"], after?: TextState["after"]): number[] {
  return statesWhere(
    (state) => state.kind === kind && state.place === 1 && (after === undefined || state.after === after),
  );
}

function statesWhere(isCounted: (state: TextState) => boolean): number[] {
  return TEXT_STATES.flatMap((state, i) => (isCounted(state) ? [i] : []));
}

/** Of the text at hand: there are thousands of texts, one after the other. */
const counts = new Uint32Array(TEXT_STATES.length);

function shapeOfAll(text: string, scale: number): TextShape {
  counts.fill(0);
  countStates(text, counts);
  return {
    words: counted(WORDS) * scale,
    longWords:
      (counted(LONG_SMALL) / MORE_CHARS + (counted(LONG_CAPITALS) - counted(LEFT_CAPITALS)) / CAPITALS) * scale,
    wordsAtDigits: (counted(WORDS_BEHIND_DIGITS) + counted(WORDS_BEFORE_DIGITS)) * scale,
    digitGroups: counted(DIGIT_GROUPS) * scale,
    marks: counted(MARKS) * scale,
    moreMarks: (counted(MORE_MARKS) / 2) * scale,
    lineBreaks: counted(LINE_BREAKS) * scale,
    indents: counted(INDENTS) * scale,
    spacesAtDigits: counted(SPACES_AT_DIGITS) * scale,
    han: counted(HAN) * scale,
    kana: counted(KANA) * scale,
    hangul: counted(HANGUL) * scale,
    others: counted(OTHERS) * scale,
  };
}

function counted(states: readonly number[]): number {
  let sum = 0;
  for (const state of states) sum += counts[state] as number;
  return sum;
}

export const NO_SHAPE: TextShape = shapeOf("");
