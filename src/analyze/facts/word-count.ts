import type { Message, TextShape } from "../../model/session.js";

/** Chinese and Japanese write no spaces; two characters of them say about as much as a word. */
const CHARACTERS_PER_WORD = 2;

/** How many words a text has, whatever its script. */
export function wordCount({ words, han, kana, hangul }: TextShape): number {
  return words + Math.round((han + kana + hangul) / CHARACTERS_PER_WORD);
}

/** Code has more punctuation than this beside each word, prose and lists have less. */
const MARKS_PER_WORD = 0.5;

/** The words of prose that a message says itself: not its reasoning, not what its calls hold, not a text that is code. */
export function proseWords({ content }: Message): number {
  return content.reduce((sum, part) => {
    if (part.kind !== "text") return sum;
    const words = wordCount(part.shape);
    return part.shape.marks <= MARKS_PER_WORD * words ? sum + words : sum;
  }, 0);
}
