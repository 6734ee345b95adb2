import type { TextShape } from "../model/session.js";

/** A longer text is judged by samples of it, evenly spaced: what one costs is bounded, however long it is. */
const SAMPLED_CHARS = 24_576;
const SAMPLES = 6;

const [MARK, LOWER, UPPER, DIGIT, SPACE, BREAK] = [0, 1, 2, 3, 4, 5];
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[a-z]/.test(char)) return LOWER;
  if (/[A-Z]/.test(char)) return UPPER;
  if (/[0-9]/.test(char)) return DIGIT;
  return /[ \t]/.test(char) ? SPACE : /[\n\r]/.test(char) ? BREAK : MARK;
});

/** Characters of one word's letters that a tokenizer is likely to keep in one token, and how many more make another. */
const WORD_CHARS = 8;
const MORE_CHARS = 4;
/** Capitals are rarely words of a vocabulary. */
const CAPITALS = 2;
const DIGITS_IN_A_TOKEN = 3;

/**
 * What a tokenizer sees of a text, without one: byte-pair tokenizers first cut a text into words, groups of digits,
 * runs of marks and white space, and what lies outside ASCII costs by script. What one of each costs is not known here;
 * it is worked out from how the prompts grew (`analyze/token-rates.ts`). One pass, no allocation.
 */
export function shapeOf(text: string): TextShape {
  if (text.length <= SAMPLED_CHARS) return new Counter(text).counted(1);
  const chars = SAMPLED_CHARS / SAMPLES;
  const stride = (text.length - chars) / (SAMPLES - 1);
  const samples = Array.from({ length: SAMPLES }, (_, i) => {
    const start = Math.floor(i * stride);
    return text.slice(start, start + chars);
  });
  return new Counter(samples.join("\n")).counted(text.length / SAMPLED_CHARS);
}

class Counter {
  #at = 0;
  #words = 0;
  #longWords = 0;
  #wordsAtDigits = 0;
  #digitGroups = 0;
  #marks = 0;
  #moreMarks = 0;
  #lineBreaks = 0;
  #indents = 0;
  #spacesAtDigits = 0;
  #han = 0;
  #kana = 0;
  #hangul = 0;
  #others = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  counted(scale: number): TextShape {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code >= 128) this.#other(code);
      else this.#ascii(CLASSES[code] as number);
    }
    return {
      words: this.#words * scale,
      longWords: this.#longWords * scale,
      wordsAtDigits: this.#wordsAtDigits * scale,
      digitGroups: this.#digitGroups * scale,
      marks: this.#marks * scale,
      moreMarks: this.#moreMarks * scale,
      lineBreaks: this.#lineBreaks * scale,
      indents: this.#indents * scale,
      spacesAtDigits: this.#spacesAtDigits * scale,
      han: this.#han * scale,
      kana: this.#kana * scale,
      hangul: this.#hangul * scale,
      others: this.#others * scale,
    };
  }

  #ascii(kind: number): void {
    if (kind === LOWER || kind === UPPER) this.#word(kind);
    else if (kind === DIGIT) this.#digitGroups += Math.ceil(this.#run(DIGIT) / DIGITS_IN_A_TOKEN);
    else if (kind === SPACE) this.#spaces();
    else if (kind === BREAK) {
      this.#run(BREAK);
      this.#lineBreaks++;
    } else {
      this.#marks++;
      this.#moreMarks += (this.#run(MARK) - 1) / 2;
    }
  }

  /** A word ends where a capital follows a small letter: `readFile` is two. */
  #word(first: number): void {
    const start = this.#at;
    const isAtDigits = start > 0 && classAt(this.#text, start - 1) === DIGIT;
    const capitals = first === UPPER ? this.#run(UPPER) : 0;
    if (capitals > 1 && classAt(this.#text, this.#at) === LOWER) this.#at--;
    else if (capitals < 2) this.#run(LOWER);
    const chars = this.#at - start;
    this.#words++;
    this.#longWords +=
      capitals > 1 ? Math.max(0, chars - CAPITALS) / CAPITALS : Math.max(0, chars - WORD_CHARS) / MORE_CHARS;
    if (isAtDigits || classAt(this.#text, this.#at) === DIGIT) this.#wordsAtDigits++;
  }

  /** A single space belongs to the word that it stands before. */
  #spaces(): void {
    if (this.#run(SPACE) > 1) this.#indents++;
    else if (classAt(this.#text, this.#at) === DIGIT) this.#spacesAtDigits++;
  }

  #other(code: number): void {
    this.#at++;
    if ((code >= 0x3400 && code <= 0x9fff) || (code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef))
      this.#han++;
    else if (code >= 0x3040 && code <= 0x30ff) this.#kana++;
    else if (code >= 0xac00 && code <= 0xd7af) this.#hangul++;
    else this.#others++;
  }

  /** Moves past a run of one class; returns its length. */
  #run(kind: number): number {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code >= 128 || CLASSES[code] !== kind) break;
      at++;
    }
    this.#at = at;
    return at - start;
  }
}

/** -1 outside the text and outside ASCII. */
function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (CLASSES[code] as number) : -1;
}

export const NO_SHAPE: TextShape = shapeOf("");
